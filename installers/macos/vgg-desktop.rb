cask "vgg-desktop" do
  version "@VERSION@"
  sha256 "@SHA256@"

  url "@ADDRESS@"
  name "VGG Desktop"
  desc "See what a neural network sees in a picture"
  homepage "@HOMEPAGE@"

  depends_on arch: :arm64
  depends_on macos: ">= :sonoma"

  app "VGG Desktop.app"
  binary "#{appdir}/VGG Desktop.app/Contents/MacOS/vgg-desktop"

  zap trash: [
    "~/Library/Application Support/vgg-desktop",
    "~/Library/Caches/vgg-desktop",
    "~/Library/Logs/vgg-desktop",
  ]
end
