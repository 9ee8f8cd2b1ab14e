namespace Realtime.Web.Tests.Transport;

/// <summary>How long a test waits for what must happen, before it says that it has not.</summary>
internal static class Limits
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
}
