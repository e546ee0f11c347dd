/** Returns the domain of AWS's services and service principals in a partition. */
export function serviceDomain(partition: string): string {
  return partition === "aws-cn" ? "amazonaws.com.cn" : "amazonaws.com";
}
