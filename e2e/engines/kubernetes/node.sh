# A node of a test cluster: containerd and kubelet, as the first process of name spaces of their own (processes, mounts).
# When it ends, the kernel ends all of the node's processes and undoes its mounts, whatever state they are in.
set -e
directory=$1 containerd=$2 kubelet=$3
shift 3

# Where these programs insist on keeping their files.
for path in /var/lib/kubelet /var/lib/cni /var/log/containers /var/log/pods /run/containerd /run/netns; do
  mkdir -p "$path" "$directory$path"
  mount --bind "$directory$path" "$path"
done

PATH=$containerd:$PATH
containerd --config "$directory/containerd.toml" &
until ctr version >/dev/null 2>&1; do sleep 0.1; done
ctr --namespace k8s.io images import "$directory/images.tar"
"$kubelet" "$@" &
wait
