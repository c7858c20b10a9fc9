# Sourced by the scripts here: where .ci/install_system_packages unpacks what it cannot install.
TOOLS=${XDG_CACHE_HOME:-~/.cache}/inspire-hub
export PATH="$PATH:$TOOLS/bin"
if [ ! -r /etc/fonts/fonts.conf ] && [ -r "$TOOLS/fonts.conf" ]; then
    export FONTCONFIG_FILE="$TOOLS/fonts.conf"
fi
if [ -e "$TOOLS/lib/libatomic.so.1" ]; then
    export LD_LIBRARY_PATH="$TOOLS/lib${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}"
fi
