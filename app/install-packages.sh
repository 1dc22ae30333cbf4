# Sourced by app/run and tests/run: install_packages NAME... installs those Debian packages that are missing, and only those.

install_packages () {
  local missing=() package
  for package in "$@"; do
    if [ "$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null || true)" != installed ]; then
      missing+=("$package")
    fi
  done
  [ ${#missing[@]} -eq 0 ] && return 0

  local as_root=()
  if [ "$(id -u)" -ne 0 ]; then
    if ! command -v sudo >/dev/null; then
      echo "These packages are missing and neither root nor sudo is at hand to install them:" >&2
      echo "  apt-get install ${missing[*]}" >&2
      return 1
    fi
    as_root=(sudo)
  fi
  echo "Installing what is missing: ${missing[*]}" >&2
  local apt=("${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get)
  # The package lists may be old or not there at all.
  "${apt[@]}" update -qq >&2 || echo "The package lists could not be refreshed; trying with those at hand." >&2
  if ! "${apt[@]}" install -y -qq --no-install-recommends "${missing[@]}" >&2 </dev/null; then
    echo "The packages above could not be installed. Check the network and the package sources, then try again." >&2
    return 1
  fi
}

# What building and running PacketLens needs.
program_packages=(
  meson ninja-build gcc libc6-dev pkg-config gettext desktop-file-utils shared-mime-info
  libgtk-4-dev libadwaita-1-dev libpcap-dev zlib1g-dev libzstd-dev liblz4-dev libgraphviz-dev libplplot-dev plplot-driver-cairo
  libjson-glib-dev libseccomp-dev libglib2.0-bin adwaita-icon-theme librsvg2-common fonts-dejavu-core hicolor-icon-theme
)
