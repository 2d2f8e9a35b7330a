using ComIm.ContractGenerator;

var root = args.Length > 0 ? args[0] : FindRepository();
var folder = Path.Combine(root, Generator.Folder);
var files = Generator.Generate(Path.Combine(root, Generator.DataFolder));
foreach (var (name, text) in files)
{
    var file = Path.Combine(folder, name);
    Directory.CreateDirectory(Path.GetDirectoryName(file)!);
    File.WriteAllText(file, text);
}

File.WriteAllText(Path.Combine(root, Generator.ClientFile), Generator.GenerateClient(Path.Combine(root, Generator.DataFolder)));

// What the data no longer has goes, too.
foreach (var file in Directory.EnumerateFiles(folder, "*.g.cs", SearchOption.AllDirectories))
{
    if (!files.ContainsKey(Path.GetRelativePath(folder, file).Replace('\\', '/')))
    {
        File.Delete(file);
    }
}

Console.WriteLine($"{files.Count} files in {folder}");

static string FindRepository()
{
    var folder = new DirectoryInfo(Environment.CurrentDirectory);
    while (!File.Exists(Path.Combine(folder.FullName, "ComIm.sln")))
    {
        folder = folder.Parent ?? throw new InvalidOperationException("Call it within the repository, or name the repository's folder.");
    }

    return folder.FullName;
}
