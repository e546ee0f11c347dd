# The commands that people type. Each sets up what it needs; `make help` lists them.
.DEFAULT_GOAL := help
.PHONY: help demo test test-all validate synth ranges capacity size plan cluster destroy generate bench same-json check-definitions simulate verify-mutations verify-charts verify-cluster verify-scan verify-eksctl verify-pipelines verify-tofu tools lint types imports
MAKEFLAGS += --no-print-directory

PACKAGES := node_modules/.package-lock.json
export CLUSTER_NAME DEFINITIONS_DIR
export VERIFY_CONTEXT CHARTS_DIR EKSCTL_DIR
# Terraform and cdktf do not ask HashiCorp for newer versions.
export CHECKPOINT_DISABLE := 1
ifndef CLUSTER_NAME
unexport CLUSTER_NAME
endif
ifndef DEFINITIONS_DIR
unexport DEFINITIONS_DIR
endif
ifndef CHARTS_DIR
unexport CHARTS_DIR
endif
ifndef EKSCTL_DIR
unexport EKSCTL_DIR
endif

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 26
	@echo
	@echo "  npx fleet --help  questions about the fleet: list, show, explain, diff and others"
	@echo
	@echo "  CLUSTER_NAME=…    a cluster's name or a glob, several separated by commas"
	@echo "  DEFINITIONS_DIR=… another directory of definitions"
	@echo "  BASE=…            a commit or branch to compare with; HEAD by default"
	@echo "  TERRAFORM_BINARY_NAME=tofu runs OpenTofu in place of Terraform"

demo: $(PACKAGES) ## apply a sample cluster with the real Terraform to a simulated cloud
	@node cli/fleet.mjs rehearse --base none

test: $(PACKAGES) ## before each commit: format, lint, types, import rules, all tests but *.slow.test.ts; about 4 minutes
	@$(MAKE) -j2 lint types imports
	@npm run --silent jest

test-all: $(PACKAGES) ## everything, as CI does: with *.slow.test.ts, which run many processes and apply many stacks; about 28 minutes
	@$(MAKE) -j2 lint types imports
	@npm run --silent jest:all

# Two at once: the checkers of types and of imports use one core each.
lint types imports:
	@started=$$(date +%s); npm run --silent $@ && echo "✔ $@ [$$(( $$(date +%s) - started ))s]"

check-definitions: $(PACKAGES) ## check a change of definitions/ alone: make check-definitions BASE=origin/main
	@node cli/fleet.mjs validate
	@node cli/fleet.mjs rehearse --base $(or $(BASE),HEAD) --limit 5

validate: $(PACKAGES) ## check every definition, or those that CLUSTER_NAME selects
	@node cli/fleet.mjs validate

synth: $(PACKAGES) ## write the Terraform of every cluster, or of those that CLUSTER_NAME selects
	@npx cdktf synth

ranges: $(PACKAGES) ## list used and free IP ranges, by account
	@node cli/fleet.mjs cidr

capacity: $(PACKAGES) ## show how many pods fit into the subnets of every cluster, or of those that CLUSTER_NAME selects
	@node cli/fleet.mjs capacity

size: $(PACKAGES) ## show what the platform's pods request on every cluster, or on those that CLUSTER_NAME selects
	@node cli/fleet.mjs size

plan: $(PACKAGES) ## plan a cluster's stacks: make plan CLUSTER_NAME=…
	@node cli/fleet.mjs plan

cluster: $(PACKAGES) ## deploy a cluster's stacks in order: make cluster CLUSTER_NAME=…
	@node cli/fleet.mjs deploy

destroy: $(PACKAGES) ## destroy a cluster's stacks in the reverse order: make destroy CLUSTER_NAME=…
	@node cli/fleet.mjs destroy "$(CLUSTER_NAME)"

generate: $(PACKAGES) ## regenerate the JSON Schemas and the definition reference
	@node launch.mjs cli/main.ts generate

bench: $(PACKAGES) ## measure synthesis
	@npm run --silent bench

simulate: $(PACKAGES) ## play a year of rollouts over 200 clusters, and check every promise at every step
	@node launch.mjs __tests__/operations/rollout/simulation/main.ts

verify-mutations: $(PACKAGES) ## load 100,000 mutants of the sample clusters, about an hour: no crash, no hang, a place for each error
	@node launch.mjs __tests__/mutations/main.ts

verify-charts: $(PACKAGES) ## render every Helm release with the real Helm and charts (docs/verifying.md)
	@node launch.mjs cli/verify/main.ts $@

verify-cluster: $(PACKAGES) ## send every rendered object to a throw-away cluster: make verify-cluster VERIFY_CONTEXT=…
	@node launch.mjs cli/verify/main.ts $@

verify-scan: $(PACKAGES) ## scan every stack with checkov, and compare the findings with docs/security.md
	@node launch.mjs cli/verify/main.ts $@

verify-eksctl: $(PACKAGES) ## import eksctl's own examples: make verify-eksctl EKSCTL_DIR=… (docs/operations/import-from-eksctl.md)
	@node launch.mjs cli/verify/main.ts $@

verify-pipelines: $(PACKAGES) ## let Concourse's fly and Prow's checkconfig read the generated pipelines (docs/verifying.md)
	@node launch.mjs cli/verify/main.ts $@

verify-tofu: $(PACKAGES) ## run GitHub's pipelines of a fleet with the real OpenTofu: make verify-tofu TOFU=… (docs/verifying.md)
	@VERIFY_TOFU="$$(command -v "$${TOFU:-tofu}")" && export VERIFY_TOFU && \
	npx jest --config jest.all.config.mjs __tests__/pipelines/running/github.slow.test.ts

same-json: $(PACKAGES) ## compare the Terraform JSON with another version's: make same-json BASE=…
	@sh cli/same-json.sh $(BASE)

$(PACKAGES): package.json package-lock.json | tools
	@sh cli/install-packages.sh

# Runs before everything else: if a tool that the command needs is missing or too old, it prints that and stops.
demo test test-all validate synth ranges capacity size plan cluster destroy generate bench same-json check-definitions simulate verify-mutations verify-charts verify-cluster verify-scan verify-eksctl verify-pipelines verify-tofu: | tools
demo test test-all synth plan cluster destroy bench check-definitions: TOOLS := terraform
plan cluster destroy: TOOLS := terraform aws
tools:
	@sh cli/check-tools.sh $(TOOLS)

# make validate CLUSTER=a would validate every cluster, because nothing reads CLUSTER.
SETTINGS := CLUSTER_NAME DEFINITIONS_DIR BASE TERRAFORM_BINARY_NAME VERIFY_CONTEXT CHARTS_DIR EKSCTL_DIR
UNKNOWN := $(filter-out $(SETTINGS),$(foreach setting,$(MAKEOVERRIDES),$(firstword $(subst =, ,$(setting)))))
$(if $(UNKNOWN),$(error unknown setting $(UNKNOWN). Settings are $(SETTINGS)))

.DEFAULT:
	@echo "$@ is no command. make help lists the commands. A cluster is selected with CLUSTER_NAME=$@" >&2; exit 2
