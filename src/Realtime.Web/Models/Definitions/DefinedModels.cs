using System.Collections.Frozen;
using Realtime.Web.Models.Definitions.Types;

namespace Realtime.Web.Models.Definitions;

/// <summary>The definitions of a process, and the classes made of them.</summary>
internal sealed class DefinedModels
{
    private readonly FrozenDictionary<Type, ModelDefinition> _byType;

    public DefinedModels(IReadOnlyList<ModelDefinition> definitions)
    {
        (Definitions, Types) = (definitions, RecordTypes.Emit(definitions));
        _byType = definitions.ToFrozenDictionary(definition => Types[definition.Name]);
    }

    public IReadOnlyList<ModelDefinition> Definitions { get; }

    public IReadOnlyDictionary<ModelName, Type> Types { get; }

    public ModelDefinition? Find(ModelName name) => Definitions.FirstOrDefault(definition => definition.Name == name);

    public ModelDefinition? Find(Type type) => _byType.GetValueOrDefault(type);
}
