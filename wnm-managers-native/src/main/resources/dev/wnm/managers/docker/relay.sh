# Run as: sh -c TEXT wnm-relay METRICS_PORT ANTNODE ARGUMENT...
# antnode serves its metrics on 127.0.0.1 of the container only; haproxy carries them to the container's own address, which
# docker publishes. antnode comes last and takes this process over, so that signals reach it.
port=$1
shift
for program in haproxy hostname; do
  if ! command -v "$program" >/dev/null; then
    echo "the image has no $program, which --container_network published needs: use an image that has, or host" >&2
    exit 127
  fi
done
{
  cat <<END
global
  maxconn 64
defaults
  mode tcp
  timeout connect 1s
  timeout client 30s
  timeout server 30s
  retries 0
listen metrics
  server node 127.0.0.1:$port
END
  # Asked at each start: another start of the container may have another address.
  for address in $(hostname -i); do
    echo "  bind $address:$port"
  done
} >/tmp/wnm-relay.cfg
# Twice in the background, so that the container's init is its parent and not antnode, which asks for no child.
(while :; do haproxy -db -q -f /tmp/wnm-relay.cfg; sleep 1; done &)
exec "$@"
