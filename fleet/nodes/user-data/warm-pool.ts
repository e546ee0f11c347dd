import type { Mime } from "./mime";
import { shellPart } from "./shell";

const WAIT = "/usr/local/sbin/wait-for-service";

/**
 * Auto Scaling boots the instances of a warm pool like any other, so they would join the cluster, be stopped as nodes, and stay in
 * it as dead ones. This delays nodeadm, which starts after all scripts have ended: at each boot it waits until the target state of
 * the instance is in service. An instance that is stopped in between waits again when it is started. An instance without a target
 * state, because it was removed from its group, joins after two minutes.
 */
const SCRIPT = `#!/bin/bash
set -o errexit
cat >${WAIT} <<'END'
#!/bin/bash
metadata=http://169.254.169.254/latest
unsaid=0
while [ "$unsaid" -lt 24 ]; do
  token=$(curl --silent --fail --max-time 5 --request PUT --header "X-aws-ec2-metadata-token-ttl-seconds: 60" $metadata/api/token)
  state=$(curl --silent --fail --max-time 5 --header "X-aws-ec2-metadata-token: $token" $metadata/meta-data/autoscaling/target-lifecycle-state)
  case "$state" in
    InService) exit 0 ;;
    Warmed:*) unsaid=0 ;;
    *) unsaid=$((unsaid + 1)) ;;
  esac
  sleep 5
done
END
chmod 0700 ${WAIT}
mkdir -p /etc/systemd/system/nodeadm-run.service.d
cat >/etc/systemd/system/nodeadm-run.service.d/warm-pool.conf <<'END'
[Service]
ExecStartPre=${WAIT}
TimeoutStartSec=infinity
END
systemctl daemon-reload
`;

/** Returns the script that nodes of a warm pool run besides their bootstrap. */
export function warmPoolPart(): Mime {
  return shellPart(SCRIPT);
}
