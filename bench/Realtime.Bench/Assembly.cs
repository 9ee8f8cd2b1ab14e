using System.Runtime.Versioning;

// epoll, /proc and taskset.
[assembly: SupportedOSPlatform("linux")]
