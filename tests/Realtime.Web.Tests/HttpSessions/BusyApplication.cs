using Realtime.Web.Tests.VirtualRequests;

namespace Realtime.Web.Tests.HttpSessions;

/// <summary>The application, for sockets that have many requests under way.</summary>
public sealed class BusyApplication : Application
{
    protected override int RequestsPerSocket => 64;
}
