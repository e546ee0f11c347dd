import { COMPLETE, FILES } from "./answer";

export type Shell = "bash" | "zsh" | "fish";

/**
 * The script of each shell, which calls the program at a path. The typed words are passed as separate arguments, and the program's output
 * is only compared and inserted. Neither is evaluated.
 */
export const SCRIPTS: Readonly<Record<Shell, (program: string) => string>> = { bash, zsh, fish };

function bash(program: string): string {
  return `# Completion of fleet for Bash 3.2 or newer: fleet completion --help shows how to install it.
command -v fleet >/dev/null || fleet() { ${quoted(program)} "$@"; }
_fleet() {
  local line
  COMPREPLY=()
  while IFS= read -r line; do
    if [[ $line == ${FILES} ]]; then
      compopt -o default 2>/dev/null
      return
    fi
    COMPREPLY+=("\${line%%$'\\t'*}")
  done < <(${quoted(program)} ${COMPLETE} "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
}
complete -F _fleet fleet
`;
}

function zsh(program: string): string {
  return `#compdef fleet
# Completion of fleet for Zsh: fleet completion --help shows how to install it.
(( $+commands[fleet] || $+functions[fleet] || $+aliases[fleet] )) || fleet() { ${quoted(program)} "$@" }
_fleet() {
  local line
  local -a lines values shown
  lines=("\${(@f)$(${quoted(program)} ${COMPLETE} "\${(@)words[2,CURRENT]}" 2>/dev/null)}")
  for line in $lines; do
    if [[ $line == ${FILES} ]]; then
      _files
      return
    fi
    values+=("\${line%%$'\\t'*}")
    shown+=("\${line/$'\\t'/  -- }")
  done
  compadd -l -d shown -a values
}
(( $+functions[compdef] )) || { autoload -Uz compinit && compinit }
compdef _fleet fleet
`;
}

function fish(program: string): string {
  const asked = `'${program.replace(/[\\']/g, "\\$&")}'`;
  return `# Completion of fleet for fish: fleet completion --help shows how to install it.
if not type -q fleet
    function fleet
        ${asked} $argv
    end
end
function __fleet_complete
    set -l words (commandline -opc)
    set -e words[1]
    set -l current (commandline -ct)
    set -l lines (${asked} ${COMPLETE} $words "$current" 2>/dev/null)
    if test "$lines" = ${FILES}
        __fish_complete_path "$current"
    else
        printf '%s\\n' $lines
    end
end
complete -c fleet -f -a '(__fleet_complete)'
`;
}

/** Returns a text as one word of Bash and Zsh. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
