using System.Net;

namespace Realtime.Bench.Targets;

/// <summary>
/// A PostgreSQL server of its own, in a new folder, as Debian's packages bring it and with its durable defaults. It shares the
/// servers' CPU but is not counted as one: what is measured is the service.
/// </summary>
internal sealed class PostgresServer : IAsyncDisposable
{
    private const string Versions = "/usr/lib/postgresql";
    private const string User = "postgres";

    private readonly ServerProcess _process;
    private readonly DirectoryInfo _folder;

    private PostgresServer(ServerProcess process, DirectoryInfo folder, IPEndPoint address)
    {
        (_process, _folder) = (process, folder);
        ConnectionString = $"Host=127.0.0.1;Port={address.Port};Username={User};Database={User}";
    }

    internal string ConnectionString { get; }

    internal static async Task<string> PrepareAsync(CancellationToken stop)
    {
        if (!Directory.Exists(Versions))
            await Tools.NeedAsync(Path.Combine(Versions, "any"), "postgresql", stop);
        return (await Tools.RunAsync(Binary(User), "--version", stop)).Split(' ')[2];
    }

    internal static async Task<PostgresServer> StartAsync(Workplace place, CancellationToken stop)
    {
        var address = Workplace.FreeAddress();
        var folder = Directory.CreateTempSubdirectory("realtime-bench-postgres-");
        // PostgreSQL refuses to run as root, and Debian made it a user.
        string[] asUser = [];
        if (Environment.IsPrivilegedProcess)
        {
            await Tools.RunAsync("chown", $"{User}: {folder.FullName}", stop);
            asUser = ["setpriv", $"--reuid={User}", $"--regid={User}", "--clear-groups"];
        }

        string[] initialise = [.. asUser, Binary("initdb"), "-D", folder.FullName, "-U", User, "-A", "trust", "-E", "UTF8", "--no-sync"];
        await Tools.RunAsync(initialise[0], string.Join(' ', initialise[1..]), stop);
        string[] serve =
        [
            .. asUser, Binary(User), "-D", folder.FullName, "-h", "127.0.0.1", "-p", $"{address.Port}", "-k", folder.FullName,
        ];
        var process = await ServerProcess.Start(place, serve[0], serve[1..]).ListensAsync(address, stop);
        return new PostgresServer(process, folder, address);
    }

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private static string Binary(string name) => Path.Combine(
        Directory.GetDirectories(Versions).OrderByDescending(folder => folder, StringComparer.Ordinal).First(), "bin", name);
}
