using System.Text.Json;

namespace Realtime.Web.Models.Publishing;

/// <summary>An entity that is told with what it is associated with (contract D-7).</summary>
/// <param name="entity">The entity, for its keys.</param>
/// <param name="populated">The record as it was read.</param>
internal sealed class GivenPopulated(GivenEntity entity, byte[] populated) : GivenRecord
{
    public override object?[] Key => entity.Key;

    public override void Write(Utf8JsonWriter json) => json.WriteRawValue(populated, skipInputValidation: true);

    public override IReadOnlyList<object?[]>? KeysOf(AssociationDescription association) => entity.KeysOf(association);
}
