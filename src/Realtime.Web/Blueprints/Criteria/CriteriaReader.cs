using System.Collections.Frozen;
using System.Text.Json;
using Microsoft.EntityFrameworkCore.Metadata;
using Realtime.Actors;

namespace Realtime.Web.Blueprints.Criteria;

/// <summary>
/// Reads what a blueprint request asks for (contract B-10 to B-22). Everything that cannot be meant is a
/// <see cref="RealtimeException"/> with <see cref="CriteriaCodes.InvalidCriteria"/> or
/// <see cref="CriteriaCodes.InvalidPopulates"/> and a sentence that names it.
/// </summary>
public static class CriteriaReader
{
    private static readonly FrozenSet<string> Reserved = FrozenSet.Create(
        StringComparer.Ordinal, "where", "limit", "skip", "sort", "select", "omit", "populate");

    /// <summary>For <c>find</c>: filter, order, page, fields and associations.</summary>
    /// <exception cref="RealtimeException">The request cannot be understood.</exception>
    public static RecordCriteria Read(IEntityType model, CriteriaInput input, CriteriaOptions options) =>
        Read(options.AttributesOf(model), input, options, populates: true);

    /// <summary>For the <c>populate</c> action: the same about the children, whose own associations stay away (B-22).</summary>
    /// <exception cref="RealtimeException">The request cannot be understood.</exception>
    public static RecordCriteria ReadChildren(IEntityType child, CriteriaInput input, CriteriaOptions options) =>
        Read(options.AttributesOf(child), input, options, populates: false);

    /// <summary>For <c>findOne</c>: fields and associations only; the record is found by its primary key (B-16).</summary>
    /// <exception cref="RealtimeException">The request cannot be understood.</exception>
    public static RecordCriteria ReadOne(IEntityType model, CriteriaInput input, CriteriaOptions options)
    {
        var (attributes, parameters) = (options.AttributesOf(model), input.Parameters());
        return new RecordCriteria(attributes, Condition.True)
        {
            Fields = FieldsReader.Read(attributes, parameters.Find("select"), parameters.Find("omit")),
            Populates = PopulateReader.Read(attributes, parameters.Find("populate"), options),
        };
    }

    private static RecordCriteria Read(ModelAttributes attributes, CriteriaInput input, CriteriaOptions options, bool populates)
    {
        var (parameters, reader) = (input.Parameters(), new WhereReader(attributes, options));
        return new(attributes, Condition.AllOf([.. input.InPath().Select(held => reader.Read([held])), Where(reader, parameters)]))
        {
            Sort = parameters.Find("sort") is { } sort ? new SortReader(attributes).Read(sort) : [],
            Skip = PagingReader.Skip(parameters.Find("skip")),
            Limit = PagingReader.Limit(parameters.Find("limit"), options),
            Fields = FieldsReader.Read(attributes, parameters.Find("select"), parameters.Find("omit")),
            Populates = populates ? PopulateReader.Read(attributes, parameters.Find("populate"), options) : [],
        };
    }

    private static Condition Where(WhereReader reader, Dictionary<string, Given> parameters)
    {
        if (parameters.Find("where") is not { IsBlank: false } where)
            return reader.Read(parameters.Where(parameter => !Reserved.Contains(parameter.Key)).Select(parameter => (parameter.Key, parameter.Value)));
        if (where.Kind != GivenKind.Text)
            return reader.Read(where);
        try
        {
            return reader.Read(Given.Parse(where.Text));
        }
        catch (JsonException e)
        {
            throw CriteriaCodes.Refuse($"The where clause is no JSON: {e.Message}", e);
        }
    }

    private static Given? Find(this Dictionary<string, Given> parameters, string name) =>
        parameters.TryGetValue(name, out var given) ? given : null;
}
