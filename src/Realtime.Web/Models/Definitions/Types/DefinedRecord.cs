using System.Text.Json;

namespace Realtime.Web.Models.Definitions.Types;

/// <summary>What the classes of defined models derive from. They are made at start, one for each definition.</summary>
public abstract class DefinedRecord
{
    /// <summary>A default, which stands in the class as JSON.</summary>
    protected static T Default<T>(string json) => (T)Read(typeof(T), json)!;

    /// <exception cref="JsonException">It is no value of the type.</exception>
    internal static object? Read(Type type, string json)
    {
        var value = JsonSerializer.Deserialize(json, type);
        return value is DateTime time
            ? time.Kind == DateTimeKind.Unspecified ? DateTime.SpecifyKind(time, DateTimeKind.Utc) : time.ToUniversalTime()
            : value;
    }
}
