using System.Collections.Frozen;
using System.Reflection;

namespace Realtime.Web.Hubs;

/// <summary>The last parameters of a hub method, those with a default; made ready once for every number of arguments a call may have.</summary>
internal sealed class OptionalArguments
{
    private static readonly FrozenDictionary<string, OptionalArguments> Methods = typeof(RealtimeHub)
        .GetMethods(BindingFlags.Instance | BindingFlags.Public | BindingFlags.DeclaredOnly)
        .Where(method => method.GetParameters().Any(parameter => parameter.HasDefaultValue))
        .ToFrozenDictionary(method => method.Name, method => new OptionalArguments(method.GetParameters()), StringComparer.OrdinalIgnoreCase);

    private readonly int _least;
    private readonly Type[][] _types;
    private readonly object?[][] _defaults;

    private OptionalArguments(ParameterInfo[] parameters)
    {
        _least = parameters.Count(parameter => !parameter.HasDefaultValue);
        var numbers = Enumerable.Range(_least, parameters.Length - _least).ToArray();
        _types = [.. numbers.Select(given => parameters.Take(given).Select(parameter => parameter.ParameterType).ToArray())];
        _defaults = [.. numbers.Select(given => parameters.Skip(given).Select(parameter => parameter.DefaultValue).ToArray())];
    }

    /// <summary>Those of a hub method; null when it has none.</summary>
    public static OptionalArguments? Of(string method) => Methods.GetValueOrDefault(method);

    /// <summary>Whether so many arguments are enough, and not all.</summary>
    public bool MayBe(int given) => given >= _least && given - _least < _types.Length;

    /// <summary>The types of so many arguments.</summary>
    public IReadOnlyList<Type> TypesOf(int given) => _types[given - _least];

    /// <summary>What stands for the rest.</summary>
    public object?[] DefaultsBehind(int given) => _defaults[given - _least];
}
