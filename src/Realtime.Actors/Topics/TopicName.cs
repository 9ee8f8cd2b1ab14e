using System.Globalization;

namespace Realtime.Actors.Topics;

/// <summary>
/// One partition of a model's topic. The records of a model are spread over its partitions by their ids; whoever watches
/// the model is in all of them.
/// </summary>
/// <param name="Model">The model.</param>
/// <param name="Partition">The partition, from 0.</param>
public readonly record struct TopicName(ModelName Model, int Partition)
{
    /// <summary>The entity id: <c>user/0</c>.</summary>
    public string Value => $"{Model}/{Partition.ToString(CultureInfo.InvariantCulture)}";

    /// <summary>Takes an entity id apart again.</summary>
    public static TopicName Trusted(string value)
    {
        var slash = value.LastIndexOf('/');
        return new TopicName(ModelName.Trusted(value[..slash]), int.Parse(value.AsSpan(slash + 1), CultureInfo.InvariantCulture));
    }

    /// <inheritdoc/>
    public override string ToString() => Value;
}
