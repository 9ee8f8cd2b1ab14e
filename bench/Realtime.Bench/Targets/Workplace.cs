using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Realtime.Bench.Linux;

namespace Realtime.Bench.Targets;

/// <summary>Where a run happens: folders, CPUs, the generator's loop, free ports.</summary>
internal sealed class Workplace : IDisposable
{
    private readonly Dictionary<string, Task<string>> _published = [];
    private readonly DirectoryInfo _scratch = Directory.CreateTempSubdirectory("realtime-bench-");

    internal Workplace(string repository, string serverCpus)
    {
        (Repository, ServerCpus) = (repository, serverCpus);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => KillLeftovers();
    }

    /// <summary>The root of the repository that is measured.</summary>
    internal string Repository { get; }

    /// <summary>The folder with the peers' sources and settings.</summary>
    internal string Peers => Path.Combine(Repository, "bench", "peers");

    /// <summary>CPUs for servers, as taskset(1) takes them.</summary>
    internal string ServerCpus { get; }

    /// <summary>A folder for data and logs, gone afterwards.</summary>
    internal string Scratch => _scratch.FullName;

    internal EventLoop Loop { get; } = new();

    /// <summary>What must not outlive this process, however it ends.</summary>
    internal List<Process> Cleanup { get; } = [];

    /// <summary>Publishes a project for this machine, once, as it would be run, and returns the path of its assembly.</summary>
    internal Task<string> PublishAsync(string project, CancellationToken stop)
    {
        if (!_published.TryGetValue(project, out var published))
            _published.Add(project, published = NowAsync());
        return published;

        async Task<string> NowAsync()
        {
            var folder = NewFolder();
            await Tools.RunAsync("dotnet", $"publish {project} -c Release --use-current-runtime -v q -nologo -o {folder}", stop);
            return Path.Combine(folder, Path.GetFileNameWithoutExtension(project) + ".dll");
        }
    }

    /// <summary>An address that nobody listens at.</summary>
    internal static IPEndPoint FreeAddress()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return (IPEndPoint)socket.LocalEndPoint!;
    }

    /// <summary>A new folder below <see cref="Scratch"/>.</summary>
    internal string NewFolder() => _scratch.CreateSubdirectory(Guid.NewGuid().ToString("n")).FullName;

    public void Dispose()
    {
        KillLeftovers();
        Loop.Dispose();
        _scratch.Delete(recursive: true);
    }

    private void KillLeftovers()
    {
        foreach (var process in Cleanup)
        {
            try
            {
                process.Kill(entireProcessTree: true);
            }
            catch (InvalidOperationException)
            {
                // It ended as it should.
            }
        }

        Cleanup.Clear();
    }
}
