/** Texts of the kinds that definitions have, for keys that have no value. */
export const SAMPLE_TEXTS: readonly string[] = [
  "another-value",
  "another.example.com",
  "/another/",
  "10.250.0.0/16",
  "10.250.0.10",
  "2001:db8::/56",
  "arn:aws:iam::123456789012:role/another",
  "arn:aws:iam::123456789012:policy/another",
  "arn:aws:kms:us-east-1:123456789012:key/11111111-2222-3333-4444-555555555555",
  "arn:aws:s3:::another-bucket",
  "arn:aws:sns:us-east-1:123456789012:another",
  "arn:aws:acm:us-east-1:123456789012:certificate/11111111-2222-3333-4444-555555555555",
  "own",
  "vpc-0123456789abcdef0",
  "subnet-0123456789abcdef0",
  "sg-0123456789abcdef0",
  "ami-0123456789abcdef0",
  "lt-0123456789abcdef0",
  "eipalloc-0123456789abcdef0",
  "rtb-0123456789abcdef0",
  "vgw-0123456789abcdef0",
  "123456789012",
  "Z0123456789ABCDEFGHIJ",
  "o-abcdefghij",
  "us-east-1-bos-1a",
  "1.2.3",
  "v1.2.3",
  "v1.2.3-eksbuild.1",
  "1.35",
  "m6i.large",
  "0 5 * * *",
  "5m",
  "12h",
  "7d",
  "10%",
  "10Gi",
  "100m",
  "0.5",
  "1",
  "https://another.example.com",
  "oci://another.example.com/charts",
  "someone@example.com",
  "another.example.com:443",
  "key=value",
  "Another",
  "another_value",
  "0123456789abcdef0123456789abcdef",
  "tgw-0123456789abcdef0",
  "rslvr-rr-0123456789abcdef0",
  "cvpn-endpoint-0123456789abcdef0",
  "cgw-0123456789abcdef0",
  "arn:aws:iam::123456789012:instance-profile/another",
  "arn:aws:rolesanywhere:us-east-1:123456789012:trust-anchor/11111111-2222-3333-4444-555555555555",
  "arn:aws:resource-groups:us-east-1:123456789012:group/another",
  "arn:aws:license-manager:us-east-1:123456789012:license-configuration:lic-0123456789abcdef0123456789abcdef",
  "arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/another/0123456789abcdef",
  `ssh-ed25519 ${"A".repeat(68)}`,
  "s3:GetObject",
  "/dev/sdf",
  "Etc/UTC",
  "tcp",
  "memory",
  "100Mi",
];

const BLOCK = /^(\d+)\.(\d+)\.(\d+)\.(\d+)\/(\d+)$/;

/** Returns texts like another one: another range, version, number or word, and at last those of {@link SAMPLE_TEXTS}. */
export function* textVariants(text: string): Generator<string> {
  yield* blocks(text);
  yield* numbersIn(text);
  if (text !== "") {
    yield `${text}x`;
    yield `${text}-other`;
    yield `other-${text}`;
    yield text.replace(/[a-z](?=[^a-z]*$)/, (letter) => (letter === "z" ? "y" : "z"));
    yield text.replace(/[a-z]/, (letter) => (letter === "z" ? "y" : "z"));
    yield text.slice(0, -1);
  }
  yield* SAMPLE_TEXTS;
}

function* blocks(text: string): Generator<string> {
  const match = BLOCK.exec(text);
  if (match === null) return;
  const [first = 0, second = 0, third = 0, , prefix = 0] = match.slice(1).map(Number);
  yield `${first}.${(second + 1) % 256}.${third}.0/${prefix}`;
  yield `${first}.${second ^ 16}.0.0/${prefix}`;
  yield `${first}.${second}.${third}.0/${prefix + 1}`;
}

/** The last number and the first one more, with as many digits. */
function* numbersIn(text: string): Generator<string> {
  const more = (digits: string): string => String(Number(digits) + 1).padStart(digits.length, "0");
  yield text.replace(/\d{1,15}(?=\D*$)/, more);
  yield text.replace(/\d{1,15}/, more);
  yield text.replace(/\d{1,15}(?=\D*$)/, (digits) =>
    String(Math.max(Number(digits) - 1, 0)).padStart(digits.length, "0"),
  );
}
