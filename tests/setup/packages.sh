# Sourced by run.sh: installs by apt what the tests need and this machine lacks.

# One line each: package, then why it is here.
packages() {
    cat <<'LIST'
ca-certificates                  restoring packages over TLS
openssl                          libssl for the .NET SDK; certificates for TLS tests
wine64                           runs the COM server and its clients
wine                             the wine, wineboot and wineserver commands
libwine-dev                      Windows headers and stdole2 for widl
mingw-w64-tools                  widl: type libraries from IDL
g++-mingw-w64-x86-64-win32       the C++ COM clients
kamailio                         an independent registrar and proxy to work with
kamailio-tls-modules             the same over TLS
kamailio-presence-modules        a presence agent
kamailio-sqlite-modules          the messages it keeps for those who are away
sip-tester                       sipp: scripted SIP peers and load
liblinphone-dev                  another people's client, for the driver of the tests (tests/ComIm.Interop.Tests/Linphone/peer.c)
linphone-common                  what its library reads at run time
pidgin-sipe                      a client of the Microsoft dialect, in sessions
libpurple-dev                    for the driver of the tests (tests/ComIm.TestKit/Sipe/peer.c)
gcc                              compiles these drivers
libc6-dev                        and what they are compiled against
baresip-core                     one more client, of plain text only
nsd                              a real name server for RFC 3263 location
iproute2                         network namespaces, whose cables are pulled and whose addresses change
mount                            a small disk, which fills up under the server
LIST
    if [ -n "$COMIM_LONG" ]; then
        cat <<'LIST'
debootstrap                      a chroot for 32-bit Wine
g++-mingw-w64-i686-win32         32-bit COM clients
LIST
    fi
}

missing_packages() {
    local installed name
    installed=$(dpkg-query -W -f='${db:Status-Status} ${Package}\n' 2>/dev/null) || true
    while read -r name _; do
        grep -qx "installed $name" <<<"$installed" || printf '%s ' "$name"
    done < <(packages)
}

# A package must not start its daemon: every listener of a run is the run's own, on loopback.
forbid_services() {
    policy=/usr/sbin/policy-rc.d
    if [ -e "$policy" ]; then
        policy=
        return
    fi
    printf '#!/bin/sh\nexit 101\n' >"$policy"
    chmod 755 "$policy"
}

allow_services() {
    if [ -n "${policy:-}" ]; then
        rm -f "$policy"
    fi
    policy=
}

apt() {
    DEBIAN_FRONTEND=noninteractive TMPDIR=$run/apt \
        apt-get -q -y -o DPkg::Lock::Timeout=300 -o Acquire::Retries=3 "$@" >>"$run/apt.log" 2>&1 8>&-
}

# Says what is missing where it cannot be installed; the tests that need it then skip (or fail, with CI=true).
install_packages() {
    local missing
    if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
        say "this is no Debian machine: nothing is installed. The tests look for:"
        packages | sed 's/^/  /'
        return
    fi
    # A second run waits here, and then finds everything installed.
    if [ "$(id -u)" = 0 ]; then
        exec 8>/run/lock/comim-packages 2>/dev/null && flock 8
    fi
    missing=$(missing_packages)
    if [ -n "$missing" ]; then
        if [ "$(id -u)" != 0 ]; then
            say "not root, so these stay missing: $missing"
        else
            say "installing $missing"
            mkdir -p "$run/apt"
            forbid_services
            # shellcheck disable=SC2086  # a list of names
            if ! { apt update && apt install --no-install-recommends $missing; }; then
                tail -n 20 "$run/apt.log"
                setup_failed "apt could not install: $(missing_packages)"
            fi
            allow_services
        fi
    fi
    exec 8>&-
}
