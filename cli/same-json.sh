#!/bin/sh
# Compares the Terraform that two versions of the program write for the same definitions, byte for byte:
# `sh cli/same-json.sh [base ref] [definitions directory]`. Prints each difference, and exits with 1 if there is one.
set -eu
cd "$(dirname "$0")/.."
base=${1:-HEAD}
scratch=$(mktemp -d)
trap 'git worktree remove --force "$scratch/base" >/dev/null 2>&1 || true; rm -rf "$scratch"' EXIT
git worktree add --quiet --detach "$scratch/base" "$base"
ln -s "$PWD/node_modules" "$scratch/base/node_modules"
# Both versions read the definitions that the base has, unless a directory is given.
definitions=${2:-$scratch/base/definitions}
(cd "$scratch/base" && DEFINITIONS_DIR=$definitions CDKTF_OUTDIR=$scratch/before node launch.mjs main.ts 2>"$scratch/before.log") ||
  { cat "$scratch/before.log"; exit 1; }
DEFINITIONS_DIR=$definitions CDKTF_OUTDIR=$scratch/after node launch.mjs main.ts 2>"$scratch/after.log" ||
  { cat "$scratch/after.log"; exit 1; }
diff -r "$scratch/before" "$scratch/after"
diff "$scratch/before.log" "$scratch/after.log" >/dev/null || echo "The warnings differ; the JSON does not."
echo "✔ the same JSON in $(ls "$scratch/after/stacks" | wc -l) stacks as at $(git rev-parse --short "$base")"
