using Realtime.Testing;
using Realtime.Web.Models.Definitions;
using Realtime.Web.Models.Definitions.Reading;

namespace Realtime.Web.Tests.Models.Definitions;

/// <summary>What is wrong with a definition is said with file and attribute, and what to do.</summary>
public sealed class DefinitionErrorsSpec : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("[]", "pet.json: it must hold one JSON object")]
    [InlineData("{", "pet.json: it is no JSON")]
    [InlineData("""{"attributes":{"a":"string","a":"number"}}""", "pet.json: it is no JSON: Duplicate property 'a'")]
    [InlineData("{}", "pet.json: it has no \"attributes\"")]
    [InlineData("""{"attributes":[]}""", "pet.json: \"attributes\" is []: it must be an object.")]
    [InlineData("""{"attributes":{},"attribute":{}}""", "pet.json: there is no \"attribute\" here: it may be")]
    [InlineData("""{"attributes":{},"migrate":"never"}""", "\"migrate\" is \"never\": it must be one of safe, alter, drop.")]
    [InlineData("""{"attributes":{},"populateCreated":"yes"}""", "\"populateCreated\" is \"yes\": it must be true or false.")]
    [InlineData("""{"attributes":{},"routes":["/x"]}""", "\"routes\" is [\"/x\"]: it must be an object.")]
    [InlineData("""{"attributes":{},"routes":{"/x":"find"}}""", "the route \"/x\" must be a method and a path")]
    [InlineData("""{"attributes":{},"routes":{"get /x":"find"}}""", "the route \"get /x\" must be a method and a path")]
    [InlineData("""{"attributes":{},"routes":{"GET x":"find"}}""", "the route \"GET x\" must be a method and a path")]
    [InlineData("""{"attributes":{},"routes":{"GET /x":7}}""", "the route \"GET /x\" is 7: it must be the name of an action")]
    [InlineData("""{"attributes":{},"routes":{"GET /x/{id":"find"}}""", "the route \"GET /x/{id\" cannot be understood")]
    [InlineData("""{"attributes":{},"routes":{"GET /api/x":"find"}}""", "the route \"GET /api/x\" is where the service itself answers")]
    [InlineData("""{"attributes":{},"tableName":7}""", "\"tableName\" is 7: it must be a text.")]
    [InlineData("""{"attributes":{},"policies":{"read":"me"}}""", "\"read\" is \"me\": it must be one of anyone, authenticated, servers.")]
    [InlineData("""{"attributes":{},"policies":{"reed":"anyone"}}""", "there is no \"reed\" here")]
    [InlineData("""{"attributes":{},"policies":{"owner":"boss"}}""", "the \"owner\" of its \"policies\" is \"boss\"")]
    [InlineData("""{"attributes":{"limit":"string"}}""", "attribute \"limit\": a name begins with a letter")]
    [InlineData("""{"attributes":{"2nd":"string"}}""", "attribute \"2nd\": a name begins with a letter")]
    [InlineData("""{"attributes":{"a b":"string"}}""", "attribute \"a b\": a name begins with a letter")]
    [InlineData("""{"attributes":{"name":7}}""", "attribute \"name\": it is 7: it must be an object, or the name of a type.")]
    [InlineData("""{"attributes":{"name":{}}}""", "attribute \"name\": it has neither \"type\" nor \"model\" nor \"collection\"")]
    [InlineData("""{"attributes":{"name":"text"}}""", "attribute \"name\": \"type\" is \"text\": it must be one of string, number, integer, boolean, json, date, datetime, uuid.")]
    [InlineData("""{"attributes":{"name":{"type":"string","requierd":true}}}""", "attribute \"name\": there is no \"requierd\" here")]
    [InlineData("""{"attributes":{"name":{"type":"string","required":"yes"}}}""", "attribute \"name\": \"required\" is \"yes\": it must be true or false.")]
    [InlineData("""{"attributes":{"name":{"type":"string","required":true,"allowNull":true}}}""", "it cannot be both \"required\" and \"allowNull\"")]
    [InlineData("""{"attributes":{"name":{"type":"string","required":true,"defaultsTo":"x"}}}""", "it cannot be \"required\" and have \"defaultsTo\"")]
    [InlineData("""{"attributes":{"name":{"type":"string","defaultsTo":null}}}""", "\"defaultsTo\" is null, which the attribute does not allow")]
    [InlineData("""{"attributes":{"age":{"type":"integer","defaultsTo":"old"}}}""", "attribute \"age\": \"defaultsTo\" is \"old\", which is no integer.")]
    [InlineData("""{"attributes":{"age":{"type":"integer","defaultsTo":7,"max":5}}}""", "\"defaultsTo\" breaks the attribute's own rule: it must be 5 or less.")]
    [InlineData("""{"attributes":{"name":{"type":"string","unique":true}}}""", "records without a value would all have the same one")]
    [InlineData("""{"attributes":{"data":{"type":"json","unique":true}}}""", "JSON cannot be \"unique\"")]
    [InlineData("""{"attributes":{"name":{"type":"string","min":1}}}""", "\"min\" is for attributes of type number, integer.")]
    [InlineData("""{"attributes":{"age":{"type":"integer","min":"1"}}}""", "\"min\" is \"1\": it must be a number.")]
    [InlineData("""{"attributes":{"name":{"type":"string","maxLength":-1}}}""", "\"maxLength\" is -1: it must be a whole number of characters.")]
    [InlineData("""{"attributes":{"name":{"type":"string","isEmail":"yes"}}}""", "\"isEmail\" is \"yes\": it must be true or false.")]
    [InlineData("""{"attributes":{"name":{"type":"string","isIn":[]}}}""", "\"isIn\" is []: it must be a list of texts or numbers")]
    [InlineData("""{"attributes":{"name":{"type":"string","regex":"(a"}}}""", "\"regex\" is \"(a\": it must be a regular expression")]
    [InlineData("""{"attributes":{"name":{"type":"string","regex":"(a)\\1"}}}""", "without look-around and back-references")]
    [InlineData("""{"attributes":{"at":{"type":"datetime","isAfter":"soon"}}}""", "\"isAfter\" is \"soon\": it must be a time in ISO 8601")]
    [InlineData("""{"attributes":{"at":{"type":"string","autoCreatedAt":true}}}""", "a timestamp is of type datetime, or number")]
    [InlineData("""{"attributes":{"no":{"type":"integer","autoIncrement":true}}}""", "only the primary key, \"id\", can be numbered")]
    [InlineData("""{"attributes":{"id":{"type":"boolean"}}}""", "attribute \"id\": the primary key must be of type integer")]
    [InlineData("""{"attributes":{"id":{"model":"pet"}}}""", "attribute \"id\": the primary key cannot be an association")]
    [InlineData("""{"attributes":{"id":{"type":"uuid","hidden":true}}}""", "the primary key cannot be hidden")]
    [InlineData("""{"attributes":{"a":{"type":"string","columnName":"x"},"b":{"type":"string","columnName":"X"}}}""", "another attribute has the column \"X\" already")]
    [InlineData("""{"attributes":{"owner":{"model":"usr"}}}""", "attribute \"owner\": there is no model \"usr\": add usr.json, or name one of pet, user.")]
    [InlineData("""{"attributes":{"owner":{"model":"no model"}}}""", "\"no model\" is no name of a model.")]
    [InlineData("""{"attributes":{"owner":{"model":"user","via":"pets"}}}""", "there is no \"via\" here: it may be model, required")]
    [InlineData("""{"attributes":{"owners":{"collection":"user","via":"pets"}}}""", "\"via\" is \"pets\", which is no association of user")]
    [InlineData("""{"attributes":{"owners":{"collection":"user","via":"friends"}}}""", "\"via\" is \"friends\", which leads from user to user, not to pet")]
    [InlineData("""{"attributes":{"pets":{"collection":"pet","via":"pets"}}}""", "\"via\" names the attribute itself")]
    [InlineData("""{"attributes":{"a":{"collection":"pet","via":"c"},"b":{"collection":"pet","via":"c"},"c":{"model":"pet"}}}""", "another collection has the same \"via\"")]
    [InlineData("""{"attributes":{"a":{"collection":"pet","via":"b"},"b":{"collection":"pet"}}}""", "a collection of pet that must say so too: add \"via\": \"a\" there.")]
    [InlineData("""{"tableName":"user","attributes":{}}""", "another model has the table \"user\" already")]
    public void A_wrong_definition_is_refused_with_the_place_and_a_way_out(string json, string sentence)
    {
        File.WriteAllText(_folder["pet.json"], json);
        File.WriteAllText(_folder["user.json"], """{"attributes":{"name":"string","friends":{"collection":"user"}}}""");

        var refused = Assert.Throws<ModelDefinitionException>(() => DefinitionFolder.Read(_folder.Path));

        Assert.Contains(refused.Problems, problem => problem.Contains(sentence, StringComparison.Ordinal));
        Assert.All(refused.Problems, problem => Assert.Matches(@"(pet|user)\.json[:,]", problem));
    }

    [Theory]
    [InlineData("rooms.json", "the service itself answers at /rooms: rename the file.")]
    [InlineData("2nd.json", "the name of the file is the model's.")]
    public void A_file_whose_name_cannot_be_a_models_is_refused(string file, string sentence)
    {
        File.WriteAllText(_folder[file], """{"attributes":{}}""");
        Assert.Contains(sentence, Assert.Throws<ModelDefinitionException>(() => DefinitionFolder.Read(_folder.Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_route_of_two_models_is_refused()
    {
        File.WriteAllText(_folder["pet.json"], """{"attributes":{},"routes":{"GET /all":"find"}}""");
        File.WriteAllText(_folder["user.json"], """{"attributes":{},"routes":{"POST /all":"create","GET /All":"find"}}""");
        var refused = Assert.Throws<ModelDefinitionException>(() => DefinitionFolder.Read(_folder.Path));
        Assert.Contains("user.json: another model has the route \"GET /all\" already", Assert.Single(refused.Problems), StringComparison.Ordinal);
    }

    [Fact]
    public void All_that_is_wrong_is_said_at_once()
    {
        File.WriteAllText(_folder["pet.json"], """{"attributes":{"a":"text","b":{"type":"string","maxLength":"x"}}}""");
        File.WriteAllText(_folder["user.json"], "{}");
        Assert.Equal(3, Assert.Throws<ModelDefinitionException>(() => DefinitionFolder.Read(_folder.Path)).Problems.Count);
    }

    [Fact]
    public void A_folder_that_is_not_there_is_named() =>
        Assert.Contains("Realtime:Models:Folder", Assert.Throws<ModelDefinitionException>(() => DefinitionFolder.Read(_folder["none"])).Message, StringComparison.Ordinal);

    [Fact]
    public void Comments_trailing_commas_and_a_schema_beside_the_definitions_are_welcome()
    {
        File.WriteAllText(_folder["model.schema.json"], """{"type":"object"}""");
        File.WriteAllText(_folder["UserComment.json"], """{"$schema":"model.schema.json", /* short */ "attributes":{"text":"string",},}""");
        var model = Assert.Single(DefinitionFolder.Read(_folder.Path));
        Assert.Equal("usercomment", model.Name.Value);
        Assert.Equal(["id", "text"], model.Attributes.Select(attribute => attribute.Name));
    }
}
