using System.Text.Json;

namespace Realtime.Web.Models.Publishing;

/// <summary>What the application says of a record: an entity, or an object with attributes as clients know them.</summary>
internal abstract class GivenRecord
{
    /// <summary>The primary key.</summary>
    /// <exception cref="RealtimeException">It lacks it.</exception>
    public abstract object?[] Key { get; }

    /// <summary>Writes it as clients get it.</summary>
    public abstract void Write(Utf8JsonWriter json);

    /// <summary>The keys of the records at the other end of an association; null where it says nothing of it.</summary>
    public abstract IReadOnlyList<object?[]>? KeysOf(AssociationDescription association);
}
