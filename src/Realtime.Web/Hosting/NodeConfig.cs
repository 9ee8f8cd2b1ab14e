using Akka.Configuration;
using Akka.Persistence.Sql;

namespace Realtime.Web.Hosting;

/// <summary>
/// The configuration of the actor system: the files of <c>hocon/</c>, and on top of them the values that come from the
/// configuration of the process. The only place where one becomes the other.
/// </summary>
internal static class NodeConfig
{
    public static Config Of(RealtimeOptions options)
    {
        var config = Hocon.Read("reference").WithFallback(SqlPersistence.DefaultConfiguration);
        config = Hocon.Read(options.Persistence.Provider).WithFallback(config);
        if (options.Cluster.SeedNodes.Count > 0)
            config = Hocon.Read("cluster").WithFallback(config);
        if (options.Cluster.Hocon is { Length: > 0 } own)
            config = Hocon.Read(own).WithFallback(config);
        return FromProcess(options).WithFallback(config);
    }

    private static Config FromProcess(RealtimeOptions options)
    {
        var connection = Quote(DataFolder.ConnectionString(options));
        return ConfigurationFactory.ParseString($$"""
            akka.remote.dot-netty.tcp {
              hostname = {{Quote(options.Cluster.Hostname)}}
              port = {{options.Cluster.Port}}
              {{(options.Cluster.Tls is null ? string.Empty : "enable-ssl = on")}}
            }
            akka.persistence.journal.sql.connection-string = {{connection}}
            akka.persistence.snapshot-store.sql.connection-string = {{connection}}
            """);
    }

    private static string Quote(string text) =>
        "\"" + text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal) + "\"";
}
