#!/usr/bin/env bash
# Installs the system packages trackbench needs and that are missing. Says what it does; does nothing the second time.
set -euo pipefail

packages=(libopenblas-dev libsqlite3-dev libjpeg62-turbo-dev libpng-dev zlib1g-dev pkg-config)

if ! command -v swift >/dev/null 2>&1; then
  echo "setup: swift is not on the PATH. trackbench needs Swift 6.1 or later: https://www.swift.org/install/linux/" >&2
  exit 1
fi

if ! command -v dpkg-query >/dev/null 2>&1; then
  # Not a Debian: look for the libraries themselves and name what is wanted.
  missing=()
  for library in openblas sqlite3 libjpeg libpng zlib; do
    pkg-config --exists "$library" 2>/dev/null || missing+=("$library")
  done
  if [ ${#missing[@]} -gt 0 ]; then
    echo "setup: install the development files of: ${missing[*]} (on Debian: ${packages[*]})" >&2
    exit 1
  fi
  exit 0
fi

missing=()
for package in "${packages[@]}"; do
  dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'ok installed' && continue
  # Ubuntu calls the JPEG package libjpeg-turbo8-dev; pkg-config and libjpeg-dev serve as well as their Debian names.
  case "$package" in
    libjpeg62-turbo-dev) dpkg-query -W -f='${Status}' libjpeg-turbo8-dev 2>/dev/null | grep -q 'ok installed' && continue ;;
    pkg-config) command -v pkg-config >/dev/null 2>&1 && continue ;;
  esac
  missing+=("$package")
done
[ ${#missing[@]} -gt 0 ] || exit 0

if grep -qi ubuntu /etc/os-release 2>/dev/null; then missing=("${missing[@]/libjpeg62-turbo-dev/libjpeg-turbo8-dev}"); fi
run=()
if [ "$(id -u)" -ne 0 ]; then
  if ! command -v sudo >/dev/null 2>&1; then
    echo "setup: missing packages; as root, run: apt-get install ${missing[*]}" >&2
    exit 1
  fi
  run=(sudo)
fi
echo "setup: installing ${missing[*]}" >&2
export DEBIAN_FRONTEND=noninteractive
if ! "${run[@]}" apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null 2>&1; then
  # A fresh machine has no package lists yet.
  "${run[@]}" apt-get update -qq
  "${run[@]}" apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
fi
