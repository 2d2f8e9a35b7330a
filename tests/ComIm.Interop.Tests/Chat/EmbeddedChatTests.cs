namespace ComIm.Interop.Tests.Chat;

/// <summary>The chat suite against the server of the house.</summary>
public sealed class EmbeddedChatTests(EmbeddedFixture server) : ChatSuite(server), IClassFixture<EmbeddedFixture>;
