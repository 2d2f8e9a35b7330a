using System.Text.Json.Serialization;

namespace ComIm.Client.Storage;

/// <summary>How the file is written: generated, so that nothing is looked up at run time.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true, UseStringEnumConverter = true, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(AccountData))]
internal sealed partial class AccountDataJson : JsonSerializerContext;
