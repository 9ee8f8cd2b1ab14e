using System.ComponentModel.DataAnnotations;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.OpenApi;
using Realtime.Web.Models;

namespace Realtime.Web.Blueprints.Describing;

/// <summary>
/// The schemas of a model in an OpenAPI document: a record as it is answered, <c>album</c>, the values of a new one, <c>album.new</c>,
/// and those that change, <c>album.changes</c>. Each is made when the first route refers to it.
/// </summary>
internal sealed class ModelSchemas(OpenApiOperationTransformerContext context, JsonSerializerOptions json, CancellationToken cancellation)
{
    private readonly OpenApiDocument _document = context.Document
        ?? throw new InvalidOperationException("An operation is described without its document.");

    public Task<IOpenApiSchema> RecordAsync(ModelDescription model) => ReferAsync(model.Name.Value, async schema =>
    {
        foreach (var attribute in model.Attributes.Where(attribute => !attribute.IsHidden))
            schema.Properties![attribute.Name] = await ValueSchema.OfAsync(attribute, context, json, cancellation);
        foreach (var association in model.Associations)
            schema.Properties![association.Name] = await AssociatedAsync(association);
    });

    public Task<IOpenApiSchema> NewAsync(ModelDescription model) => ReferAsync($"{model.Name}.new", async schema =>
    {
        await AddValuesAsync(schema, model, isNew: true);
        var blank = Activator.CreateInstance(model.EntityType.ClrType, nonPublic: true)!;
        schema.Required = model.Attributes.Where(attribute => schema.Properties!.ContainsKey(attribute.Name) && IsRequired(attribute, blank))
            .Select(attribute => attribute.Name).ToHashSet();
    });

    public Task<IOpenApiSchema> ChangesAsync(ModelDescription model) =>
        ReferAsync($"{model.Name}.changes", schema => AddValuesAsync(schema, model, isNew: false));

    public OpenApiSchema KeysOf(ModelDescription model) => new() { Type = JsonSchemaType.Array, Items = ValueSchema.OfKey(model.Key, json) };

    public Task<IOpenApiSchema> RefusalAsync() => ReferAsync(nameof(Refusal), async schema =>
    {
        var refusal = await context.GetOrCreateSchemaAsync(typeof(Refusal), null, cancellation);
        schema.Properties = refusal.Properties;
        schema.Required = refusal.Required;
    });

    private async Task AddValuesAsync(OpenApiSchema schema, ModelDescription model, bool isNew)
    {
        foreach (var attribute in model.Attributes.Where(attribute => IsWritable(attribute, isNew)))
        {
            var value = await ValueSchema.OfAsync(attribute, context, json, cancellation);
            if (attribute.IsHidden && value is OpenApiSchema hidden)
                hidden.WriteOnly = true;
            schema.Properties![attribute.Name] = value;
        }
        foreach (var association in model.Associations)
            schema.Properties![association.Name] = association.IsPlural ? KeysOf(association.Target) : NullableKeyOf(association.Target);
    }

    private static bool IsWritable(AttributeDescription attribute, bool isNew) =>
        (!attribute.IsReadOnly && (isNew || !attribute.IsKey)) || (!isNew && attribute.Column is { IsConcurrencyToken: true });

    private static bool IsRequired(AttributeDescription attribute, object blank) =>
        attribute.Member.PropertyInfo is { } property
        && (property.IsDefined(typeof(RequiredMemberAttribute), inherit: true) || property.IsDefined(typeof(RequiredAttribute), inherit: true)
            || (attribute.Column is { IsNullable: false, ValueGenerated: ValueGenerated.Never } && property.GetValue(blank) is null));

    // Populated or not, which is up to the request.
    private async Task<IOpenApiSchema> AssociatedAsync(AssociationDescription association)
    {
        var record = await RecordAsync(association.Target);
        return association.IsPlural
            ? new OpenApiSchema { Type = JsonSchemaType.Array, Items = record }
            : new OpenApiSchema { AnyOf = [NullableKeyOf(association.Target), record] };
    }

    private OpenApiSchema NullableKeyOf(ModelDescription model)
    {
        var key = ValueSchema.OfKey(model.Key, json);
        key.Type |= JsonSchemaType.Null;
        return key;
    }

    private async Task<IOpenApiSchema> ReferAsync(string id, Func<OpenApiSchema, Task> complete)
    {
        if (_document.Components?.Schemas?.ContainsKey(id) != true)
        {
            // It is there before it is complete: models refer to each other in circles.
            var schema = new OpenApiSchema { Type = JsonSchemaType.Object, Properties = new Dictionary<string, IOpenApiSchema>() };
            _document.AddComponent<IOpenApiSchema>(id, schema);
            await complete(schema);
        }
        return new OpenApiSchemaReference(id, _document);
    }
}
