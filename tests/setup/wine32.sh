# Sourced by run.sh, with --long: a chroot with a Wine of both bitnesses. On the machine itself 32-bit Wine would want packages
# of another architecture.

# Sets COMIM_CHROOT32, or says why there is none.
prepare_wine32() {
    local key template
    if [ "$(id -u)" != 0 ] || ! command -v debootstrap >/dev/null; then
        say "no chroot for 32-bit Wine: that needs root and debootstrap"
        return
    fi

    key=$(sha256sum "$repo/tests/setup/wine32.sh" | cut -c1-16)
    template=$cache/chroot32-$key
    mkdir -p "$cache"
    exec 9>"$cache/lock32"
    flock 9
    if [ ! -d "$template" ]; then
        say "preparing a chroot with 32-bit Wine in $template"
        if ! make_chroot32 "$template" >"$run/chroot32.log" 2>&1 9>&-; then
            tail -n 20 "$run/chroot32.log"
            setup_failed "the chroot with 32-bit Wine could not be prepared"
            exec 9>&-
            return
        fi
    fi
    exec 9>&-
    touch "$template"
    export COMIM_CHROOT32=$template
}

make_chroot32() {
    local template=$1 new mirror
    mirror=$(awk '/^URIs:/ { print $2; exit } /^deb / { print $2; exit }' /etc/apt/sources.list.d/*.sources /etc/apt/sources.list 2>/dev/null)
    new=$(mktemp -d "$cache/new32.XXXXXX") || return 1
    chmod 755 "$new"
    # The suite of main alone: the others are not complete for i386 everywhere.
    if debootstrap --variant=minbase --arch=amd64 "$(. /etc/os-release && echo "$VERSION_CODENAME")" "$new" "$mirror" &&
        fill_chroot32 "$new" && mv -T "$new" "$template"; then
        return 0
    fi
    rm -rf "$new"
    return 1
}

fill_chroot32() {
    local new=$1 enter=$repo/tests/setup/in-chroot32.sh
    printf '#!/bin/sh\nexit 101\n' >"$new/usr/sbin/policy-rc.d"
    chmod 755 "$new/usr/sbin/policy-rc.d"
    "$enter" "$new" dpkg --add-architecture i386 &&
        "$enter" "$new" apt-get -q update &&
        "$enter" "$new" env DEBIAN_FRONTEND=noninteractive apt-get -q -y --no-install-recommends install wine wine64 wine32:i386 &&
        "$enter" "$new" apt-get clean
}
