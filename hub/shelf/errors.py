"""What can be wrong with a model; every message says what to do."""


class ShelfError(Exception):
    """Any of the below."""


class ManifestInvalid(ShelfError):
    """The list of models cannot be read."""


class ManifestUnsigned(ManifestInvalid):
    """The list of models is not signed with Inglenook's key, or was changed since."""


class ManifestOlder(ShelfError):
    """The list of models is not newer than those this shelf has followed."""


class ModelUnknown(ShelfError):
    """No such name in the manifest."""


class ModelMissing(ShelfError):
    """Not on the shelf."""


class ModelDamaged(ShelfError):
    """On the shelf, but not the file that the manifest names."""


class ContentRefused(ShelfError):
    """The very file that the manifest names, but of a kind that is never loaded."""


class NothingKept(ShelfError):
    """There is no previous set to go back to."""


class SourceFailed(ShelfError):
    """One source could not give a file; the next is tried."""


class Offline(SourceFailed):
    """A source could not be reached."""


class PullFailed(ShelfError):
    """No source could give a file."""
