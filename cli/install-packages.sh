#!/bin/sh
# Installs the packages of package-lock.json, and prints that it still works every ten seconds: npm prints nothing in a pipe.
set -eu
cd "$(dirname "$0")/.."
started=$(date +%s)
seconds() { echo $(($(date +%s) - started)); }
echo "installing packages: about 1.2 GB on disk, and a minute with a good connection"
npm ci --loglevel=error >/dev/null &
npm=$!
trap 'kill "$npm" 2>/dev/null; exit 130' INT TERM
ticks=0
while kill -0 "$npm" 2>/dev/null; do
  sleep 1
  ticks=$((ticks + 1))
  [ $((ticks % 10)) -ne 0 ] || echo "still installing packages [$(seconds)s]"
done
wait "$npm" || { echo "npm could not install the packages. If it could not reach the registry, check the network or the proxy (npm config get registry), and run the same command again" >&2; exit 1; }
touch node_modules/.package-lock.json
echo "✔ install packages [$(seconds)s]"
