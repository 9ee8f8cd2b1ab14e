namespace Realtime.Testing;

/// <summary>Where things are in the checkout that the tests were built from.</summary>
public static class Repository
{
    /// <summary>The folder of the solution.</summary>
    public static string Root { get; } = Ancestor(folder => File.Exists(Path.Combine(folder, "Realtime.sln")));

    /// <summary>The folder of the test project that runs.</summary>
    public static string TestProject { get; } = Ancestor(folder => Directory.EnumerateFiles(folder, "*.csproj").Any());

    /// <summary>
    /// The assembly of the real Host, from its own build output and in the configuration of the running tests, or what
    /// REALTIME_TEST_HOST names (a published one, say).
    /// </summary>
    public static string HostAssembly { get; } = Environment.GetEnvironmentVariable("REALTIME_TEST_HOST") is { Length: > 0 } named
        ? named
        : Path.Combine(Root, "src", "Realtime.Host", "bin", Configuration, "net10.0", "Realtime.Host.dll");

    /// <summary>The assembly of a sample, from its build output.</summary>
    public static string SampleAssembly(string name) =>
        Path.Combine(Root, "samples", name, "bin", Configuration, "net10.0", $"{name}.dll");

    /// <summary>The assembly of a program that tests start, from its build output.</summary>
    public static string TestAssembly(string name) =>
        Path.Combine(Root, "tests", name, "bin", Configuration, "net10.0", $"{name}.dll");

    // …/bin/Debug/net10.0/
    private static string Configuration =>
        Directory.GetParent(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory))!.Name;

    private static string Ancestor(Func<string, bool> isIt)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (isIt(folder.FullName))
                return folder.FullName;
        throw new DirectoryNotFoundException($"{AppContext.BaseDirectory} is not inside a checkout of this repository.");
    }
}
