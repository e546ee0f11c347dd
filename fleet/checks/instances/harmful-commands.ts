/** Services without which a node does not join, or runs no pods. */
const SERVICES = ["kubelet", "containerd", "nodeadm-config", "nodeadm-run", "systemd-networkd", "kube-proxy"];
const PACKAGES = [...SERVICES, "nodeadm", "runc"];
const FOLDERS = ["/", "/etc", "/usr", "/var", "/etc/kubernetes", "/etc/eks", "/etc/containerd", "/var/lib/kubelet"];

/** Words before the name of a command. */
const BEFORE = ["sudo", "nohup", "exec", "then", "do", "else", "if", "!", "time"];
const STOPS = /^(?:stop|disable|mask|kill|delete)$/i;
const STARTS = /^(?:start|restart|enable|unmask|reload-or-restart)$/i;

/** Returns what a script does that leaves a node useless; undefined if it does no such thing. */
export function harmfulCommand(script: string): string | undefined {
  const commands = commandsOf(script);
  const started = new Set(commands.flatMap((words) => servicesAfter(words, STARTS, /^(?:re)?start-service$/i)));
  for (const words of commands) {
    const stopped = servicesAfter(words, STOPS, /^(?:stop|remove)-service$/i).find((name) => !started.has(name));
    if (stopped !== undefined) return `stops ${stopped}, without which a node runs no pods. Remove the command`;
    const other = removed(words) ?? cutOff(words);
    if (other !== undefined) return `${other}. Remove the command`;
  }
  return undefined;
}

function commandsOf(script: string): string[][] {
  return script
    .replaceAll("\\\n", " ")
    .split(/\n|;|&|\|/)
    .map((command) => {
      const words = command.trim().split(/\s+/);
      const first = words.findIndex((word) => !BEFORE.includes(word));
      return words.slice(Math.max(first, 0)).map((word) => word.replaceAll(/["']/g, ""));
    })
    .filter(([name = ""]) => name !== "" && !name.startsWith("#"));
}

/** Returns the services of nodes that a command of systemd, of SysV or of PowerShell starts or stops. */
function servicesAfter([name = "", ...words]: readonly string[], action: RegExp, cmdlet: RegExp): string[] {
  const does =
    cmdlet.test(name) ||
    (/^(?:systemctl|service|sc(?:\.exe)?)$/i.test(name) && words.some((word) => action.test(word)));
  if (!does) return [];
  return words
    .map((word) => word.replace(/\.(?:service|socket)$/, "").toLowerCase())
    .filter((word) => SERVICES.includes(word));
}

function removed([name = "", ...words]: readonly string[]): string | undefined {
  if (/^(?:yum|dnf|rpm)$/.test(name) && words.some((word) => /^(?:remove|erase|autoremove|-e)$/.test(word))) {
    const part = words.find((word) => PACKAGES.includes(word));
    return part === undefined ? undefined : `removes ${part}, without which a node runs no pods`;
  }
  if (name !== "rm" || !words.some((word) => /^-[a-zA-Z]*[rR]/.test(word))) return undefined;
  const folder = words.find((word) => FOLDERS.includes(word.replace(/(?<=.)\/\*?$/, "")));
  return folder === undefined ? undefined : `deletes ${folder}, without which a node runs no pods`;
}

function cutOff([name = "", ...words]: readonly string[]): string | undefined {
  if (/^ip6?tables$/.test(name)) {
    const chain = words[words.indexOf("-P") + 1] ?? "";
    const drops = words.includes("-P") && words.includes("DROP") && chain !== "FORWARD";
    return drops ? `drops all traffic of ${chain}, so the node reaches no API, and nothing reaches it` : undefined;
  }
  const halts = /^(?:poweroff|halt|Stop-Computer)$/.test(name) || (name === "shutdown" && !words.includes("-r"));
  return halts ? "shuts the node down, and its group starts another one, again and again" : undefined;
}
