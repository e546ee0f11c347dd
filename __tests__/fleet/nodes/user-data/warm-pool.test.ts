import { chmodSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { warmPoolPart } from "../../../../fleet/nodes/user-data/warm-pool";
import { run, scratch } from "../../../support/run-program";

const work = scratch();
afterAll(() => work.remove());

/** The program that systemd runs before nodeadm, cut out of the script that writes it. */
const waiting =
  warmPoolPart().body.match(/^cat >\/usr\/local\/sbin\/wait-for-service <<'END'\n(.*?)\nEND$/ms)?.[1] ?? "";

/** Runs it on an instance whose state is one of the answers after the other, the last one for ever; how often it asked. */
async function asked(answers: readonly string[]): Promise<{ readonly code: number | null; readonly times: number }> {
  const file = (name: string, text: string) => {
    const path = join(work.path, name);
    writeFileSync(path, text);
    chmodSync(path, 0o755);
    return path;
  };
  const log = file("asked", "");
  const list = file("answers", `${answers.join("\n")}\n`);
  file("sleep", "#!/bin/bash\n");
  file(
    "curl",
    `#!/bin/bash
case "\${!#}" in */api/token) echo token; exit ;; esac
[[ "$*" == *"X-aws-ec2-metadata-token: token"* ]] || exit 22
echo x >>${log}
n=$(wc -l <${log}); last=$(wc -l <${list})
sed -n "$((n < last ? n : last))p" ${list}
`,
  );
  const { code } = await run("bash", [file("wait", waiting)], { PATH: `${work.path}:${process.env["PATH"]}` });
  return { code, times: readFileSync(log, "utf8").split("\n").length - 1 };
}

test.each([
  ["joins at once when it is wanted", ["InService"], 1],
  ["waits as long as it is being warmed", ["Warmed:Pending", "Warmed:Stopped", "Warmed:Stopped", "InService"], 4],
  ["waits until it is said anything", ["", "", "InService"], 3],
  ["joins where nothing is said of it for long, as outside of a group", [""], 24],
  ["and while it is warmed counts no silence", [...Array<string>(30).fill("Warmed:Running"), "InService"], 31],
])("%s", async (_what, answers, times) => {
  expect(await asked(answers)).toEqual({ code: 0, times });
});

test("nodeadm is not started before", () => {
  expect(warmPoolPart().body).toContain(`cat >/etc/systemd/system/nodeadm-run.service.d/warm-pool.conf <<'END'
[Service]
ExecStartPre=/usr/local/sbin/wait-for-service
TimeoutStartSec=infinity
END
systemctl daemon-reload
`);
});
