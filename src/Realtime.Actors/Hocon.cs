using Akka.Configuration;

namespace Realtime.Actors;

/// <summary>The files of <c>hocon/</c>, which this library carries along, and files of the user's own.</summary>
public static class Hocon
{
    /// <summary>
    /// Reads a configuration: one of <c>reference</c>, <c>sqlite</c>, <c>postgres</c>, <c>cluster</c>, or the path of a file.
    /// </summary>
    /// <exception cref="FileNotFoundException">There is neither.</exception>
    public static Config Read(string name)
    {
        using var carried = typeof(Hocon).Assembly.GetManifestResourceStream(name.EndsWith(".conf", StringComparison.Ordinal) ? name : name + ".conf");
        if (carried is null)
        {
            return File.Exists(name)
                ? ConfigurationFactory.ParseString(File.ReadAllText(name))
                : throw new FileNotFoundException($"There is no configuration \"{name}\": give a name from hocon/ or the path of a file.", name);
        }
        using var reader = new StreamReader(carried);
        return ConfigurationFactory.ParseString(reader.ReadToEnd());
    }
}
