using System.Diagnostics;

namespace Realtime.Bench.Targets;

/// <summary>Installs and asks what the peers are made of.</summary>
internal static class Tools
{
    private const string ServiceGate = "/usr/sbin/policy-rc.d";

    /// <summary>Installs Debian packages unless the file that is needed of them is there.</summary>
    /// <exception cref="LoadException">It is missing, and only root may install it.</exception>
    internal static async Task NeedAsync(string file, string packages, CancellationToken stop)
    {
        if (File.Exists(file))
            return;
        if (!Environment.IsPrivilegedProcess)
            throw new LoadException($"{file} is missing. As root: apt-get install {packages}");
        // A package that brings a service would start it, on its usual port and for the whole network: this gate says no.
        var gated = File.Exists(ServiceGate);
        if (!gated)
        {
            await File.WriteAllTextAsync(ServiceGate, "#!/bin/sh\nexit 101\n", stop);
            File.SetUnixFileMode(ServiceGate, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        try
        {
            await RunAsync("apt-get", "update -qq", stop);
            await RunAsync("apt-get", $"install -y -qq --no-install-recommends {packages}", stop);
        }
        finally
        {
            if (!gated)
                File.Delete(ServiceGate);
        }
    }

    /// <summary>Installs the npm packages of a lock file, and returns one's version.</summary>
    internal static async Task<string> NpmAsync(string folder, string package, CancellationToken stop)
    {
        await NeedAsync("/usr/bin/npm", "nodejs npm", stop);
        if (!Directory.Exists(Path.Combine(folder, "node_modules")))
            await RunAsync("npm", $"ci --no-fund --no-audit --prefix {folder}", stop);
        var version = await RunAsync("node", $"-p require('{folder}/node_modules/{package}/package.json').version", stop);
        return $"{package} {version}, Node {await RunAsync("node", "--version", stop)}";
    }

    /// <summary>The newest ASP.NET Core runtime of the major version that everything here is built for.</summary>
    internal static async Task<string> AspNetVersionAsync(CancellationToken stop) =>
        (await RunAsync("dotnet", "--list-runtimes", stop)).Split('\n')
        .Last(line => line.StartsWith("Microsoft.AspNetCore.App 10.", StringComparison.Ordinal)).Split(' ')[1];

    /// <summary>Runs a command to its end, and returns what it wrote, standard error too.</summary>
    /// <exception cref="LoadException">It failed.</exception>
    internal static Task<string> RunAsync(string command, string arguments, CancellationToken stop) =>
        RunAsync(command, arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries), stop);

    /// <inheritdoc cref="RunAsync(string, string, CancellationToken)"/>
    internal static async Task<string> RunAsync(string command, IEnumerable<string> arguments, CancellationToken stop)
    {
        using var process = Process.Start(new ProcessStartInfo(command, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["DEBIAN_FRONTEND"] = "noninteractive" },
        })!;
        var error = process.StandardError.ReadToEndAsync(stop);
        var output = await process.StandardOutput.ReadToEndAsync(stop) + await error;
        await process.WaitForExitAsync(stop);
        return process.ExitCode == 0
            ? output.Trim()
            : throw new LoadException($"{command} {string.Join(' ', arguments)} failed:\n{output}");
    }
}
