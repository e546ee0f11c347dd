import { problemsOf, SMALLEST } from "../../support/definitions";

const FILE = "clusters/a.example.com.yaml";

describe("an invalid key of a map is reported at the key", () => {
  test("in tags and labels", () => {
    expect(
      problemsOf({
        [FILE]: `${SMALLEST.replace("us-east-1\n", 'us-east-1\n    tags: { "aws:x": a }\n')}      labels: { "bad key": x }\n`,
      }),
    ).toEqual([
      `${FILE}:6:13 tfvars.common.tags.aws:x: must be a tag key of at most 128 characters that does not start with aws:, got "aws:x"`,
      `${FILE}:9:17 tfvars.workers[general].labels."bad key": must be a Kubernetes label key, such as example.com/team, got "bad key"`,
    ]);
  });

  test("in channels", () => {
    expect(problemsOf({ "channels.yaml": 'stable: "2026.10"\n2026.10: "2026.10"\n', [FILE]: SMALLEST })).toEqual([
      'channels.yaml:2:1 2026.10: must be lower-case letters, digits and dashes, starting with a letter, at most 40 characters, got "2026.10"',
    ]);
  });
});
