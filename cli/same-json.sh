#!/bin/sh
# Compares the Terraform that two versions of the program write for the same definitions, byte for byte:
# `sh cli/same-json.sh [base ref] [definitions directory]`. Prints each difference, and exits with 1 if there is one.
# Without a directory, both versions read the base's `definitions/` and then the base's fleet of the tests.
set -eu
cd "$(dirname "$0")/.."
base=${1:-HEAD}
scratch=$(mktemp -d)
trap 'git worktree remove --force "$scratch/base" >/dev/null 2>&1 || true; rm -rf "$scratch"' EXIT
git worktree add --quiet --detach "$scratch/base" "$base"
ln -s "$PWD/node_modules" "$scratch/base/node_modules"
unset CLUSTER_NAME

# synthesize <before or after> <repository> <definitions directory>
synthesize() {
  (cd "$2" && DEFINITIONS_DIR=$3 CDKTF_OUTDIR=$scratch/$1 node launch.mjs main.ts 2>"$scratch/$1.log") ||
    { cat "$scratch/$1.log"; exit 1; }
}

if [ $# -gt 1 ]; then set -- "$2"; else set -- "$scratch/base/definitions" "$scratch/base/__tests__/fleets/samples"; fi
for definitions; do
  [ -d "$definitions" ] || continue # a base from before the tests had a fleet
  synthesize before "$scratch/base" "$definitions"
  synthesize after "$PWD" "$definitions"
  diff -r "$scratch/before" "$scratch/after"
  diff "$scratch/before.log" "$scratch/after.log" >/dev/null || echo "The warnings differ; the JSON does not."
  echo "✔ the same JSON in $(ls "$scratch/after/stacks" | wc -l) stacks as at $(git rev-parse --short "$base")"
done
