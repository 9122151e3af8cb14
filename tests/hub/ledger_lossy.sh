# sh ledger_lossy.sh WHERE COMMAND ...: a network that drops, as root in an empty one.
# Here (10.0.1.1), router, far (10.0.2.2): the command is told far's address and how to run there.
where=$1
shift
space() {
  unshare -n sleep 60 >/dev/null 2>&1 &
  made=$!
  while [ "$(readlink /proc/$made/ns/net)" = "$(readlink /proc/self/ns/net)" ]; do sleep 0.01; done
}
space; router=$made
space; far=$made
trap 'kill $router $far' EXIT
in_router="nsenter -t $router -n"
in_far="nsenter -t $far -n"

ip link add out type veth peer name near netns $router
$in_router ip link add away type veth peer name in netns $far
ip addr add 10.0.1.1/24 dev out
$in_router ip addr add 10.0.1.2/24 dev near
$in_router ip addr add 10.0.2.1/24 dev away
$in_far ip addr add 10.0.2.2/24 dev in
ip link set out up
$in_router ip link set near up
$in_router ip link set away up
$in_far ip link set in up
ip route add default via 10.0.1.2
$in_far ip route add default via 10.0.2.1
$in_router sysctl -qw net.ipv4.ip_forward=1

shape="root tbf rate 200mbit burst 20k limit"
if [ "$where" = "on the way" ]; then
  $in_router tc qdisc add dev away $shape 20k
else
  tc qdisc add dev out $shape 10k
fi
"$@" 10.0.2.2 $in_far
