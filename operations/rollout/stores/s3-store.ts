import type { S3Client, S3ClientConfig } from "@aws-sdk/client-s3";
import { ExpectedError } from "../../../language/expected-error";
import type { Content, ObjectStore } from "./object-store";

/** S3 returns 412 if a condition is false, and 409 if another request changes the same object at this instant. */
const CONFLICTS = [412, 409];

/** Timeouts in milliseconds, for connecting and for the response. The SDK has no default timeout. */
const CONNECT = 5_000;
const ANSWER = 30_000;

export interface S3Location {
  readonly bucket: string;
  /** Folder in the bucket, without slashes around it; empty for the bucket itself. */
  readonly folder: string;
  readonly region: string;
}

/** Objects of an S3 bucket. Writes carry `If-None-Match` or `If-Match`, which S3 checks. */
export class S3Store implements ObjectStore {
  readonly location: string;
  private readonly prefix: string;
  private loaded: Promise<{ readonly client: S3Client; readonly sdk: typeof import("@aws-sdk/client-s3") }> | undefined;

  constructor(
    private readonly at: S3Location,
    private readonly config: S3ClientConfig = {},
  ) {
    this.location = `s3://${at.bucket}${at.folder === "" ? "" : `/${at.folder}`}`;
    this.prefix = at.folder === "" ? "" : `${at.folder}/`;
  }

  async read(key: string): Promise<Content | undefined> {
    const { client, sdk } = await this.sdk();
    try {
      const { Body, ETag = "" } = await client.send(new sdk.GetObjectCommand(this.object(key)));
      return { text: (await Body?.transformToString()) ?? "", tag: ETag };
    } catch (error) {
      if (statusOf(error) === 404) return undefined;
      throw this.failed("read", error);
    }
  }

  create(key: string, text: string): Promise<boolean> {
    return this.put(key, text, { IfNoneMatch: "*" });
  }

  swap(key: string, text: string, tag: string | null): Promise<boolean> {
    return this.put(key, text, tag === null ? { IfNoneMatch: "*" } : { IfMatch: tag });
  }

  async list(prefix: string, after: string): Promise<readonly string[]> {
    const { client, sdk } = await this.sdk();
    const keys: string[] = [];
    let token: string | undefined;
    do {
      try {
        const page = await client.send(
          new sdk.ListObjectsV2Command({
            Bucket: this.at.bucket,
            Prefix: this.prefix + prefix,
            StartAfter: this.prefix + after,
            ContinuationToken: token,
          }),
        );
        for (const { Key = "" } of page.Contents ?? []) keys.push(Key.slice(this.prefix.length));
        token = page.IsTruncated ? page.NextContinuationToken : undefined;
      } catch (error) {
        throw this.failed("list", error);
      }
    } while (token !== undefined);
    return keys;
  }

  private async put(
    key: string,
    text: string,
    condition: { IfMatch?: string; IfNoneMatch?: string },
  ): Promise<boolean> {
    const { client, sdk } = await this.sdk();
    try {
      await client.send(
        new sdk.PutObjectCommand({ ...this.object(key), ...condition, Body: text, ContentType: "application/json" }),
      );
      return true;
    } catch (error) {
      const status = statusOf(error) ?? 0;
      if (CONFLICTS.includes(status) || (status === 404 && condition.IfMatch !== undefined)) return false;
      throw this.failed("write", error);
    }
  }

  private object(key: string): { readonly Bucket: string; readonly Key: string } {
    return { Bucket: this.at.bucket, Key: this.prefix + key };
  }

  /** Loads the SDK on first use, because loading it lasts longer than most commands. */
  private sdk() {
    process.env["AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED"] ??= "true"; // it warns of versions that are not installed
    this.loaded ??= import("@aws-sdk/client-s3").then((sdk) => ({
      sdk,
      client: new sdk.S3Client({
        region: this.at.region,
        requestHandler: {
          connectionTimeout: CONNECT,
          requestTimeout: ANSWER,
          socketTimeout: ANSWER,
          throwOnRequestTimeout: true,
        },
        ...this.config,
      }),
    }));
    return this.loaded;
  }

  private failed(what: string, error: unknown): ExpectedError {
    const { message, name } = error as Error;
    return new ExpectedError(
      `cannot ${what} the records of rollouts in ${this.location}: ${name}${message === "" || message === name ? "" : `: ${message}`}. The caller needs s3:ListBucket, s3:GetObject and s3:PutObject there`,
      { cause: error },
    );
  }
}

function statusOf(error: unknown): number | undefined {
  return (error as { readonly $metadata?: { readonly httpStatusCode?: number } }).$metadata?.httpStatusCode;
}
