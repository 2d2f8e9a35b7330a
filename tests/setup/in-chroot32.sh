#!/bin/sh
# in-chroot32.sh CHROOT COMMAND...: runs a command in the chroot in namespaces of its own, so that its mounts are seen by
# nobody else and are gone, with all its processes, when it ends. Nothing may ever be mounted in the chroot itself: its folder
# is deleted some day.
exec unshare --mount --pid --fork --kill-child --propagation private sh -c '
    root=$1
    shift
    mount -t proc proc "$root/proc" && mount --rbind /sys "$root/sys" && mount --rbind /dev "$root/dev" || exit 1
    env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin TERM=dumb HOME=/root LC_ALL=C.UTF-8 WINEDEBUG=-all DOTNET_EnableWriteXorExecute=0 chroot "$root" "$@"
' sh "$@"
