# Sourced by run.sh: a Wine prefix with a Windows .NET runtime, made once and copied for each run.

# Sets COMIM_WINEPREFIX, or says why there is none.
prepare_wine() {
    local setup=$repo/tests/setup version key template
    if ! command -v wine >/dev/null || ! command -v wineboot >/dev/null; then
        say "no Wine: the COM tests skip"
        return
    fi
    # No window is ever shown, and an inherited override would keep the CLR from loading (mscoree).
    unset DISPLAY WAYLAND_DISPLAY WINEDLLOVERRIDES WINEPREFIX WINEARCH
    export WINEDEBUG=-all

    version=$(dotnet msbuild "$setup/WindowsRuntime.proj" -getProperty:WindowsRuntimeVersion) || {
        setup_failed "the version of the Windows runtime is not known: $version"
        return
    }
    key=$({ cat "$setup/wine.sh" "$setup/WindowsRuntime.proj"; wine --version; echo "$version"; } | sha256sum | cut -c1-16)
    template=$cache/$key
    mkdir -p "$cache"

    # Two runs at once: the second waits for the first one's template.
    exec 9>"$cache/lock"
    flock 9
    if [ ! -d "$template" ]; then
        say "preparing a Wine prefix with .NET $version in $template"
        if ! make_template "$version" "$template" >"$run/template.log" 2>&1 9>&-; then
            cat "$run/template.log"
            setup_failed "the Wine prefix could not be prepared"
            exec 9>&-
            return
        fi
    fi
    exec 9>&-
    touch "$template"

    cp -a --reflink=auto "$template/prefix" "$run/prefix"
    export COMIM_WINEPREFIX=$run/prefix
}

make_template() {
    local version=$1 template=$2 new
    # Templates of scripts, Wines and runtimes that nobody has used for a month.
    find "$cache" -mindepth 1 -maxdepth 1 -type d -mtime +30 -exec rm -rf {} +
    new=$(mktemp -d "$cache/new.XXXXXX") || return 1
    chmod 755 "$new"
    if fill_template "$version" "$template" "$new" && mv -T "$new" "$template"; then
        return 0
    fi
    rm -rf "$new"
    return 1
}

fill_template() {
    local version=$1 template=$2 new=$3 ok=0
    dotnet msbuild "$repo/tests/setup/WindowsRuntime.proj" -nologo -restore -t:Layout -nodeReuse:false \
        "-p:Destination=$new/dotnet" "-p:WindowsRuntimeVersion=$version" "-p:BaseIntermediateOutputPath=$run/runtime-obj/" || return 1
    (
        export WINEPREFIX=$new/prefix WINEARCH=win64
        # Only wineboot may go without mscoree, mshtml and the menu builder: it would offer downloads and touch the desktop.
        WINEDLLOVERRIDES='mscoree=;mshtml=;winemenubuilder.exe=' timeout 300 wineboot -i || exit 1
        # Debian's prefix says Windows 7, on which .NET 10 does not run.
        timeout 60 wine winecfg -v win10 || exit 1
        timeout 60 wine cmd /c ver | grep -q 'Windows 10' || exit 1
        timeout 60 wineserver -w
    ) || ok=1
    WINEPREFIX=$new/prefix wineserver -k
    [ $ok = 0 ] || return 1

    shrink_prefix "$new/prefix/drive_c"
    isolate_users "$new/prefix/drive_c/users"
    # Where hostfxr is looked for without DOTNET_ROOT. It is not written to, so all copies share one.
    ln -sfn "$template/dotnet" "$new/prefix/drive_c/Program Files/dotnet"
}

# Wine copies 690 MB of its own DLLs into a prefix; links to the originals do as well, and a copy then costs 13 MB.
shrink_prefix() {
    local drive=$1 dlls file
    dlls=$(dirname "$(find -L /usr/lib/*/wine /usr/lib/wine /opt/wine*/lib*/wine -name kernel32.dll -path '*x86_64-windows*' -print -quit 2>/dev/null)")
    if [ ! -f "$dlls/kernel32.dll" ]; then
        echo "Wine's own DLLs were not found: the prefix stays large"
        return 0
    fi
    find "$drive" -type f -size +1k | while read -r file; do
        if [ -f "$dlls/${file##*/}" ] && cmp -s "$file" "$dlls/${file##*/}"; then
            ln -sf "$dlls/${file##*/}" "$file"
        fi
    done
}

# Wine links Documents and the like to the user's real ones.
isolate_users() {
    find "$1" -type l | while read -r link; do
        rm -f "$link"
        mkdir "$link"
    done
}

# Ends this run's Windows processes, and nobody else's.
end_wine() {
    if [ -n "${COMIM_WINEPREFIX:-}" ]; then
        WINEPREFIX=$COMIM_WINEPREFIX timeout 30 wineserver -k
        WINEPREFIX=$COMIM_WINEPREFIX timeout 30 wineserver -w
    fi
}
