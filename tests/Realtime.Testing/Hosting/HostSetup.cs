using System.Collections.Immutable;

namespace Realtime.Testing.Hosting;

/// <summary>How a Host process is to be started; the defaults are those of somebody who just runs it.</summary>
public sealed record HostSetup
{
    /// <summary>The program: the Host, unless it is a sample.</summary>
    public string Assembly { get; init; } = Repository.HostAssembly;

    /// <summary>The environment of ASP.NET Core: Development or Production.</summary>
    public string Environment { get; init; } = "Development";

    /// <summary>Settings by their names with colons (<c>Realtime:ResumeWindow</c>); they go in as environment variables.</summary>
    public ImmutableSortedDictionary<string, string> Settings { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>The same with one more setting.</summary>
    public HostSetup With(string setting, string value) => this with { Settings = Settings.SetItem(setting, value) };
}
