using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace Realtime.Web.Topics;

/// <summary>The gates of the models that have blueprints, and so a policy.</summary>
internal sealed class ModelGates
{
    private readonly ConcurrentDictionary<ModelName, IModelGate> _gates = [];

    public void Add(ModelName model, IModelGate gate) => _gates[model] = gate;

    public bool TryFind(ModelName model, [NotNullWhen(true)] out IModelGate? gate) => _gates.TryGetValue(model, out gate);
}
