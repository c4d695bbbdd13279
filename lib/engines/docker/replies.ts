import { z } from 'zod'

/**
 * What we read of Docker's replies. Only an object's identity is demanded, and one field that no other kind has, so that
 * the answer to another question is none to this one: everything else may be missing, null or of another type in some
 * version, and then counts as absent rather than losing the whole list.
 * @see https://docs.docker.com/reference/api/engine/version/v1.41/
 */
const text = z.string().catch('')
const count = z.number().catch(0)
const flag = z.boolean().catch(false)
const texts = z.array(z.string()).catch([])
const textMap = z.record(z.string(), z.string().catch('')).catch({})
const optional = <T extends z.ZodType>(type: T) => type.optional().catch(undefined)

const PortBinding = z.object({ HostIp: text, HostPort: text })
const EndpointSettings = z.object({ NetworkID: text, IPAddress: text, GlobalIPv6Address: text, Aliases: texts })
const HealthProbe = z.object({ Start: text, End: text, ExitCode: count, Output: text })

export const ContainerReply = z.object({
  Id: z.string().min(1),
  Name: z.string().min(1),
  Created: text,
  Path: text,
  Args: texts,
  Image: text,
  RestartCount: count,
  Platform: text,
  State: z.object({
    Status: text,
    Running: flag,
    OOMKilled: flag,
    ExitCode: count,
    Error: text,
    StartedAt: text,
    FinishedAt: text,
    Health: optional(z.object({ Status: text, FailingStreak: count, Log: z.array(HealthProbe).catch([]) })),
  }),
  Config: z
    .object({ Hostname: text, User: text, Image: text, Tty: flag, Labels: textMap })
    .catch({ Hostname: '', User: '', Image: '', Tty: false, Labels: {} }),
  HostConfig: z
    .object({
      NetworkMode: text,
      Privileged: flag,
      Memory: count,
      NanoCpus: count,
      CpuQuota: count,
      CpuPeriod: count,
      RestartPolicy: z.object({ Name: text, MaximumRetryCount: count }).catch({ Name: '', MaximumRetryCount: 0 }),
    })
    .catch({
      NetworkMode: '',
      Privileged: false,
      Memory: 0,
      NanoCpus: 0,
      CpuQuota: 0,
      CpuPeriod: 0,
      RestartPolicy: { Name: '', MaximumRetryCount: 0 },
    }),
  Mounts: z.array(z.object({ Type: text, Name: text, Source: text, Destination: text })).catch([]),
  NetworkSettings: z
    .object({
      Ports: z.record(z.string(), z.array(PortBinding).nullable().catch(null)).catch({}),
      Networks: z.record(z.string(), EndpointSettings).catch({}),
    })
    .catch({ Ports: {}, Networks: {} }),
  ExecIDs: texts,
  /** Only when asked for with `size=1`. */
  SizeRw: optional(z.number()),
})
export type ContainerReply = z.infer<typeof ContainerReply>

/** One line of `GET /containers/json`. */
export const ContainerItem = z.object({
  Id: z.string().min(1),
  Names: texts,
  ImageID: z.string(),
  State: text,
  Mounts: z.array(z.object({ Type: text, Name: text })).catch([]),
  HostConfig: z.object({ NetworkMode: text }).catch({ NetworkMode: '' }),
  NetworkSettings: z.object({ Networks: z.record(z.string(), EndpointSettings).catch({}) }).catch({ Networks: {} }),
})
export type ContainerItem = z.infer<typeof ContainerItem>

export const ImageReply = z.object({
  Id: z.string().min(1),
  RepoTags: texts,
  RepoDigests: texts,
  /** Seconds since 1970 in lists, an ISO 8601 instant when one image is read. */
  Created: z.union([z.number(), z.string()]).catch(0),
  Size: z.number(),
  Labels: textMap,
  /** Only when one image is read: then the labels are in here. */
  Config: optional(z.object({ Labels: textMap })),
  /** From API 1.53 on, with containerd's store, when one image is read: where it came from. */
  Identity: optional(z.object({ Pull: z.array(z.unknown()).catch([]) })),
})
export type ImageReply = z.infer<typeof ImageReply>

export const VolumeReply = z.object({
  Name: z.string().min(1),
  Driver: text,
  Mountpoint: z.string(),
  Scope: text,
  CreatedAt: text,
  Labels: textMap,
  Options: textMap,
})
export type VolumeReply = z.infer<typeof VolumeReply>

export const NetworkReply = z.object({
  Id: z.string().min(1),
  Name: z.string().min(1),
  Created: text,
  Scope: z.string(),
  Driver: text,
  EnableIPv6: flag,
  Internal: flag,
  Attachable: flag,
  Ingress: flag,
  IPAM: z.object({ Config: z.array(z.object({ Subnet: text, Gateway: text })).catch([]) }).catch({ Config: [] }),
  Labels: textMap,
})
export type NetworkReply = z.infer<typeof NetworkReply>

export const EventReply = z.object({
  Type: text,
  Action: text,
  scope: text,
  time: count,
  timeNano: optional(z.number()),
  Actor: z.object({ ID: text, Attributes: textMap }).catch({ ID: '', Attributes: {} }),
})
export type EventReply = z.infer<typeof EventReply>

export const VersionReply = z.object({ Version: z.string(), ApiVersion: z.string(), MinAPIVersion: text })
export const InfoReply = z.object({
  ID: z.string().min(1),
  Name: text,
  Containers: count,
  ContainersRunning: count,
  Images: count,
  SystemTime: text,
})
