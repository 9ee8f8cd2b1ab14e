using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Reflection.Emit;
using System.Text.Json.Serialization;
using Realtime.Web.Models.Definitions.Rules;

namespace Realtime.Web.Models.Definitions.Types;

/// <summary>
/// Makes a class for each definition, as a developer would write it: a property for each attribute, with its rules as
/// annotations. So everything that works with classes works with definitions.
/// </summary>
internal static class RecordTypes
{
    private const MethodAttributes Accessor = MethodAttributes.Public | MethodAttributes.SpecialName | MethodAttributes.HideBySig;

    private static readonly MethodInfo Default =
        typeof(DefinedRecord).GetMethod(nameof(Default), BindingFlags.NonPublic | BindingFlags.Static)!;

    private static readonly ConstructorInfo BaseConstructor =
        typeof(DefinedRecord).GetConstructor(BindingFlags.NonPublic | BindingFlags.Instance, Type.EmptyTypes)!;

    public static IReadOnlyDictionary<ModelName, Type> Emit(IReadOnlyList<ModelDefinition> models)
    {
        var assembly = AssemblyBuilder.DefineDynamicAssembly(new AssemblyName("Realtime.DefinedModels"), AssemblyBuilderAccess.Run);
        var module = assembly.DefineDynamicModule("Models");
        var types = models.ToDictionary(
            model => model.Name, model => module.DefineType(model.Name.Value, TypeAttributes.Public | TypeAttributes.Sealed, typeof(DefinedRecord)));
        foreach (var model in models)
            Fill(types[model.Name], model, types);
        return types.ToDictionary(pair => pair.Key, pair => pair.Value.CreateType());
    }

    private static void Fill(TypeBuilder type, ModelDefinition model, Dictionary<ModelName, TypeBuilder> types)
    {
        var code = type.DefineConstructor(MethodAttributes.Public, CallingConventions.Standard, Type.EmptyTypes).GetILGenerator();
        code.Emit(OpCodes.Ldarg_0);
        code.Emit(OpCodes.Call, BaseConstructor);
        foreach (var attribute in model.Attributes)
        {
            var clr = attribute.IsKey ? Nullable.GetUnderlyingType(attribute.Type.ClrType()) ?? typeof(string) : attribute.Type.ClrType();
            var property = Define(type, attribute.Name, clr);
            Annotate(property, attribute);
            if (attribute.Initial is not { } initial)
                continue;
            code.Emit(OpCodes.Ldarg_0);
            code.Emit(OpCodes.Ldstr, initial);
            code.Emit(OpCodes.Call, Default.MakeGenericMethod(clr));
            code.Emit(OpCodes.Call, property.SetMethod!);
        }
        foreach (var association in model.Associations)
        {
            Type target = types[association.Target];
            Define(type, association.Name, association.IsPlural ? typeof(ICollection<>).MakeGenericType(target) : target);
        }
        code.Emit(OpCodes.Ret);
    }

    private static PropertyBuilder Define(TypeBuilder type, string name, Type clr)
    {
        var field = type.DefineField($"<{name}>", clr, FieldAttributes.Private);
        var property = type.DefineProperty(name, PropertyAttributes.None, clr, null);

        var get = type.DefineMethod($"get_{name}", Accessor, clr, Type.EmptyTypes);
        var code = get.GetILGenerator();
        code.Emit(OpCodes.Ldarg_0);
        code.Emit(OpCodes.Ldfld, field);
        code.Emit(OpCodes.Ret);
        property.SetGetMethod(get);

        var set = type.DefineMethod($"set_{name}", Accessor, null, [clr]);
        code = set.GetILGenerator();
        code.Emit(OpCodes.Ldarg_0);
        code.Emit(OpCodes.Ldarg_1);
        code.Emit(OpCodes.Stfld, field);
        code.Emit(OpCodes.Ret);
        property.SetSetMethod(set);

        // The naming policy of the application must not change the name that the definition gives.
        Annotate<JsonPropertyNameAttribute>(property, name);
        return property;
    }

    private static void Annotate(PropertyBuilder property, AttributeDefinition attribute)
    {
        if (attribute.IsHidden)
            Annotate<HiddenAttribute>(property);
        if (attribute.IsReadOnly)
            Annotate<EditableAttribute>(property, false);
        if (!attribute.AllowsNull && !attribute.IsKey)
            Annotate<NeededAttribute>(property, attribute.IsRequired);
        foreach (var (rule, argument) in attribute.Rules)
            Annotate<RuleAttribute>(property, rule, argument);
    }

    private static void Annotate<T>(PropertyBuilder property, params object[] arguments)
        where T : Attribute =>
        property.SetCustomAttribute(new CustomAttributeBuilder(typeof(T).GetConstructor([.. arguments.Select(argument => argument.GetType())])!, arguments));
}
