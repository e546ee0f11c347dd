import type { Mime } from "./mime";

/** A script for cloud-init, which runs no script without an interpreter line. */
export function shellPart(script: string): Mime {
  return {
    type: 'text/x-shellscript; charset="utf-8"',
    body: script.startsWith("#!") ? script : `#!/bin/bash\n${script}`,
  };
}
