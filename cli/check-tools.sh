#!/bin/sh
# Names each tool that is missing or too old, with the found version, the required version and how to get it. Prints nothing and
# exits with 0 if there is none. `sh cli/check-tools.sh [terraform] [aws]` checks Node and the named tools. TERRAFORM_BINARY_NAME, which
# cdktf reads too, names OpenTofu in place of Terraform. Plain sh, because Node can be the missing tool.
set -u

status=0

# version_at_least FOUND NEEDED: compares major and minor
version_at_least() {
  found_major=${1%%.*}
  rest=${1#*.}
  found_minor=${rest%%.*}
  needed_major=${2%%.*}
  needed_minor=${2#*.}
  [ "$found_major" -gt "$needed_major" ] 2>/dev/null && return 0
  [ "$found_major" -eq "$needed_major" ] 2>/dev/null && [ "$found_minor" -ge "$needed_minor" ] 2>/dev/null
}

# need NAME NEEDED FOUND HOW
need() {
  if [ -z "$3" ]; then
    echo "$1 is missing. Install version $2 or newer. $4" >&2
    status=1
  elif ! version_at_least "$3" "$2"; then
    echo "$1 $3 is too old. Install version $2 or newer. $4" >&2
    status=1
  fi
}

# version_of BINARY: such as "OpenTofu 1.10.6"; nothing if it cannot be run
version_of() {
  CHECKPOINT_DISABLE=1 "$1" version 2>/dev/null |
    sed -n -e 's/^Terraform v\([0-9][0-9.]*\).*/Terraform \1/p' -e 's/^OpenTofu v\([0-9][0-9.]*\).*/OpenTofu \1/p' | head -n 1
}

# need_terraform BINARY: Terraform, or OpenTofu in its place
need_terraform() {
  found=$(version_of "$1")
  how="Get it from https://developer.hashicorp.com/terraform/install or with tfenv install 1.11.4."
  case $found in
    OpenTofu*)
      need OpenTofu "1.10" "${found#OpenTofu }" "Get it from https://opentofu.org/docs/intro/install."
      return
      ;;
    "")
      if [ "$1" != terraform ]; then
        echo "TERRAFORM_BINARY_NAME is $1, which is not Terraform or OpenTofu, or cannot be run." >&2
        status=1
        return
      fi
      tofu=$(version_of tofu)
      [ -z "$tofu" ] || how="Or use OpenTofu ${tofu#OpenTofu }, which was found: set TERRAFORM_BINARY_NAME=tofu."
      ;;
  esac
  need Terraform "1.10" "${found#Terraform }" "$how"
}

# Node 20.12 is the first whose directory listings say which folder an entry is in.
need Node "20.12" "$(node --version 2>/dev/null | sed -n 's/^v\([0-9][0-9.]*\).*/\1/p')" \
  "Get it from https://nodejs.org or with nvm install 20."
for tool; do
  case $tool in
    terraform)
      need_terraform "${TERRAFORM_BINARY_NAME:-terraform}"
      ;;
    aws)
      # Terraform's Kubernetes provider gets a token of the cluster from it, in the form v1beta1: that of 1.24 and of 2.7 (aws-cli's changelog).
      found=$(aws --version 2>/dev/null | sed -n 's/^aws-cli\/\([0-9][0-9.]*\).*/\1/p')
      case $found in 2.*) least=2.7 ;; *) least=1.24 ;; esac
      need "The AWS CLI" "$least" "$found" \
        "Get it from https://docs.aws.amazon.com/cli/latest/userguide/getting-started-install.html."
      ;;
  esac
done

exit $status
